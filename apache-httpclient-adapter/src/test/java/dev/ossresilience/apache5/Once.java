package dev.ossresilience.apache5;

import java.io.IOException;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;

/** A body that can be produced once: after that it is at its end. */
final class Once extends BodyOf {
  private final BasicAsyncEntityProducer body;

  Once(byte[] bytes) {
    super(bytes.length, false);
    this.body = new BasicAsyncEntityProducer(bytes, null);
  }

  @Override
  public int available() {
    return body.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    body.produce(channel);
  }
}
