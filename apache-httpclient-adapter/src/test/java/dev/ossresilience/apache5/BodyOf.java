package dev.ossresilience.apache5;

import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** What there is to say of a body that knows its length, and nothing else. */
abstract class BodyOf implements AsyncEntityProducer {
  private final int length;
  private final boolean repeatable;

  BodyOf(int length, boolean repeatable) {
    this.length = length;
    this.repeatable = repeatable;
  }

  @Override
  public boolean isRepeatable() {
    return repeatable;
  }

  @Override
  public int available() {
    return length;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return null;
  }

  @Override
  public void failed(Exception cause) {}

  @Override
  public void releaseResources() {}
}
