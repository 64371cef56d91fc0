package dev.ossresilience.testkit.fault;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A second writer.
 *
 * @param bytes null for bytes made up when it happens, as many as the request's body has
 * @param after whether the request comes first, and loses its answer
 */
public record ForeignAppendFault(byte @Nullable [] bytes, boolean after) implements Fault {
  public ForeignAppendFault {
    bytes = bytes == null ? null : bytes.clone();
  }

  @Override
  public byte @Nullable [] bytes() {
    return bytes == null ? null : bytes.clone();
  }

  @Override
  public String name() {
    return "foreignAppend" + (after ? "After" : "") + (bytes == null ? "SameLength" : "");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ForeignAppendFault fault && after == fault.after && Arrays.equals(bytes, fault.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(after, Arrays.hashCode(bytes));
  }

  @Override
  public String toString() {
    return name() + (bytes == null ? "" : " " + Argument.text(bytes));
  }
}
