package dev.ossresilience.http;

import org.jspecify.annotations.Nullable;

/** Status and headers of a response. Names of headers are matched without regard to case. */
public interface ResponseHead {
  /** The HTTP status code. */
  int status();

  /** The first value of a header, or null. */
  @Nullable String header(String name);

  /** Whether the status is one of the 2xx. */
  default boolean isSuccessful() {
    return status() / 100 == 2;
  }
}
