package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body that can be produced only once and is gone then. */
record OnceProducer(AsyncEntityProducer body, long length) implements AsyncEntityProducer {
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public int available() {
    return body.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    body.produce(channel);
  }

  @Override
  public void failed(Exception cause) {}

  /** Doesn't rewind. */
  @Override
  public void releaseResources() {}

  @Override
  public long getContentLength() {
    return length;
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
  public boolean isChunked() {
    return false;
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return null;
  }
}
