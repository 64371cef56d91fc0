package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a body is made of doesn't matter, as long as it can be written again; one that can't is in {@link OkHttpGuardsTest} and {@link Http2Test}. */
@Timeout(60)
class BodyKindsTest extends OverCallFactory {
  private static final byte[] CONTENT = content();

  private static byte[] content() {
    byte[] bytes = new byte[100_000]; // more than any buffer on the way
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >> 3);
    }
    return bytes;
  }

  /** The second attempt sends all of the first, by either way of making calls. */
  private void assertSurvivesABusyServer(RequestBody body) throws IOException {
    for (okhttp3.Call.Factory calls : new okhttp3.Call.Factory[] {client, factory}) {
      server.faults().next(Fault.throttled("ServerBusy"), Fault.dropMidBody());
      try (Response response = calls.newCall(request("a").put(body).build()).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
      assertThat(Arrays.equals(server.bytesOf("logs", "a"), CONTENT)).as("stored is what was sent").isTrue();
      server.delete("logs", "app.log");
      server.faults().next(Fault.throttled("ServerBusy"), Fault.applyThenDrop());
      Request append = appendRequest(0, body);
      try (Response response = calls.newCall(append).execute()) {
        assertThat(response.code()).isEqualTo(200);
        assertThat(response.header("x-oss-next-append-position")).isEqualTo("100000");
      }
      assertThat(Arrays.equals(server.bytesOf("logs", "app.log"), CONTENT)).as("appended is what was sent, once").isTrue();
    }
    assertThat(reports).allSatisfy(report -> assertThat(report.attempts()).isGreaterThan(1));
  }

  @Test
  void fileIsSentAgainFromItsStart(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("body"), CONTENT);
    assertSurvivesABusyServer(RequestBody.create(file.toFile(), null));
  }

  @Test
  void bodyThatDoesNotKnowItsLengthIsSentAgainFromItsStart() throws IOException {
    assertSurvivesABusyServer(
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            for (int i = 0; i < CONTENT.length; i += 1000) {
              sink.write(CONTENT, i, 1000);
              sink.flush();
            }
          }
        });
  }
}
