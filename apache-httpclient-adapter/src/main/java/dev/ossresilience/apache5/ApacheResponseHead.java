package dev.ossresilience.apache5;

import dev.ossresilience.http.ResponseHead;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A view of a response. */
record ApacheResponseHead(HttpResponse response) implements ResponseHead {
  @Override
  public int status() {
    return response.getCode();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
