package dev.ossresilience.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body that was read into memory; it describes itself as the one it was read from, since that is signed. Used by one thread at a time. */
final class BufferedProducer implements AsyncEntityProducer {
  private final EntityDetails details;
  private final ByteBuffer bytes;
  private final @Nullable List<? extends Header> trailers;

  BufferedProducer(EntityDetails details, byte[] bytes, @Nullable List<? extends Header> trailers) {
    this.details = details;
    this.bytes = ByteBuffer.wrap(bytes);
    this.trailers = trailers;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public int available() {
    return Integer.MAX_VALUE; // like the producers of HttpClient's own whose bytes are all there
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    channel.write(bytes);
    if (!bytes.hasRemaining()) {
      if (trailers == null) {
        channel.endStream();
      } else {
        channel.endStream(trailers);
      }
    }
  }

  @Override
  public void failed(Exception cause) {
    // Nothing depends on it.
  }

  /** Back to the start. */
  @Override
  public void releaseResources() {
    bytes.clear();
  }

  @Override
  public long getContentLength() {
    return bytes.capacity();
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
