package dev.ossresilience.apache5;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** The body that a request's producer gives. */
record ProducedBody(AsyncRequestProducer producer, EntityDetails details) implements AsyncEntityProducer {
  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public int available() {
    return producer.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    producer.produce(channel);
  }

  @Override
  public void failed(Exception cause) {
    producer.failed(cause);
  }

  @Override
  public void releaseResources() {
    producer.releaseResources();
  }

  @Override
  public long getContentLength() {
    return details.getContentLength();
  }

  @Override
  public @Nullable String getContentType() {
    return details.getContentType();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return details.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return details.isChunked();
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return details.getTrailerNames();
  }
}
