package dev.ossresilience.testkit.wire;

import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import okio.ByteString;

/** A body that stops coming, on a connection that stays open. */
record SilentBody(ByteString sent, long announced, RequestStream connection) implements MockResponseBody {
  @Override
  public long getContentLength() {
    return announced;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(sent).flush();
    connection.awaitEnd();
  }
}
