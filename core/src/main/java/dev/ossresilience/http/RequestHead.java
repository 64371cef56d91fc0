package dev.ossresilience.http;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the core may know of a request before it is sent: all but the bytes of its body.
 *
 * <p>Implemented by each binding as a view over its client's own request; nothing is copied. Names of headers are matched
 * without regard to case.
 */
public interface RequestHead {
  /** The method in upper case, for example {@code POST}. */
  String method();

  /** {@code http} or {@code https}, in lower case. */
  String scheme();

  /** The host in lower case, without a port. */
  String host();

  /** The port the request goes to, never -1. */
  int port();

  /** The percent-encoded path, starting with a slash. */
  String rawPath();

  /** The percent-encoded query without its question mark, or null if the URL has none. */
  @Nullable String rawQuery();

  /**
   * The first value of a header <em>as it will be sent</em>, or null. A client that derives {@code Content-Type} from the body
   * answers with that value, since it is part of the signature.
   */
  @Nullable String header(String name);

  /** Calls {@code visitor} with name and value of each header that {@link #header} would find. */
  void forEachHeader(BiConsumer<String, String> visitor);

  /** The length of the body in bytes, 0 without a body, -1 if it is not known in advance. */
  long contentLength();

  /** Whether the body can be written again from its first byte. True without a body. */
  boolean isBodyRepeatable();
}
