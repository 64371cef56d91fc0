package dev.ossresilience.testkit;

import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A second writer.
 *
 * @param bytes null for bytes made up when it happens, as many as the request's body has
 * @param after whether the request comes first, and loses its answer
 */
record ForeignAppendFault(@Nullable ByteString bytes, boolean after) implements Fault {
  @Override
  public String name() {
    return after ? "foreignAppendAfter" : bytes == null ? "foreignAppendSameLength" : "foreignAppend";
  }
}
