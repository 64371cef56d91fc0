package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.FileEntityProducer;
import org.apache.hc.core5.http.nio.entity.PathEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a body is made of doesn't matter, as long as it can be read again; one that can't is in {@link BodyOnceTest}. */
class BodyKindsTest extends OverSimulator {
  private static final String CONTENT = "0123456789".repeat(10_000); // more than any buffer on the way

  private interface Maker<T> {
    T make() throws IOException;
  }

  /** The second attempt at a PUT, and the third, begin at the start; an append is stored once. */
  private void assertSurvives(HttpEntity entity) throws IOException {
    try (CloseableHttpClient configured = OssHttpClients.configure(HttpClients.custom(), settings().build()).build()) {
      for (CloseableHttpClient each : List.of(client, configured)) {
        server.delete("logs", "b");
        HttpPut put = new HttpPut(url("a"));
        put.setEntity(entity);
        server.faults().next(Fault.throttled("ServerBusy"), Fault.dropMidBody());
        assertThat(send(each, put).status()).isEqualTo(200);
        HttpPost append = new HttpPost(url("b?append&position=0"));
        append.setEntity(entity);
        server.faults().next(Fault.throttled("ServerBusy"), Fault.applyThenDrop());
        assertThat(send(each, append).header("x-oss-next-append-position")).isEqualTo("100000");
        assertStored();
      }
    }
  }

  private void assertStored() {
    assertThat(stored("a").equals(CONTENT)).as("put is what was sent").isTrue();
    assertThat(stored("b").equals(CONTENT)).as("appended is what was sent, once").isTrue();
    assertThat(reports).allSatisfy(report -> assertThat(report.attempts()).isGreaterThan(1));
  }

  private void assertSurvivesAsync(Maker<AsyncEntityProducer> body) throws Exception {
    OssResilience oss = settings().scheduler(new VirtualScheduler(time)).build();
    CloseableHttpAsyncClient configured = OssHttpClients.configure(HttpAsyncClients.custom(), oss).build();
    CloseableHttpAsyncClient wrapped =
        OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().disableRedirectHandling().build(), oss);
    for (CloseableHttpAsyncClient each : List.of(configured, wrapped)) {
      try {
        each.start();
        server.delete("logs", "b");
        server.faults().next(Fault.throttled("ServerBusy"), Fault.dropMidBody());
        assertThat(call(each, "PUT", "a", body.make()).getCode()).isEqualTo(200);
        server.faults().next(Fault.throttled("ServerBusy"), Fault.applyThenDrop());
        SimpleHttpResponse appended = call(each, "POST", "b?append&position=0", body.make());
        assertThat(appended.getFirstHeader("x-oss-next-append-position").getValue()).isEqualTo("100000");
        assertStored();
      } finally {
        each.close(CloseMode.IMMEDIATE);
      }
    }
  }

  private SimpleHttpResponse call(CloseableHttpAsyncClient through, String method, String keyAndQuery, AsyncEntityProducer body) throws Exception {
    BasicRequestProducer request = new BasicRequestProducer(new BasicHttpRequest(method, URI.create(url(keyAndQuery))), body);
    return through.execute(request, SimpleResponseConsumer.create(), null).get(20, TimeUnit.SECONDS);
  }

  private static Path file(Path directory) throws IOException {
    return Files.write(directory.resolve("body"), bytes(CONTENT));
  }

  @Test
  void fileIsSentAgainFromItsStart(@TempDir Path directory) throws IOException {
    assertSurvives(new FileEntity(file(directory).toFile(), null));
  }

  @Test
  void chunkedBodyIsSentAgainFromItsStart() throws IOException {
    assertSurvives(new Chunked(CONTENT));
  }

  @Test
  void fileIsSentAgainFromItsStartAsync(@TempDir Path directory) throws Exception {
    Path file = file(directory);
    assertSurvivesAsync(() -> AsyncEntityProducers.create(file.toFile(), ContentType.APPLICATION_OCTET_STREAM));
  }

  @Test
  void chunkedFileIsSentAgainFromItsStartAsync(@TempDir Path directory) throws Exception {
    Path file = file(directory);
    assertSurvivesAsync(() -> new FileEntityProducer(file.toFile(), ContentType.APPLICATION_OCTET_STREAM, true));
  }

  @Test
  void pathIsSentAgainFromItsStartAsync(@TempDir Path directory) throws Exception {
    Path file = file(directory);
    assertSurvivesAsync(() -> new PathEntityProducer(file, ContentType.APPLICATION_OCTET_STREAM));
  }

  @Test
  void chunkedBodyIsSentAgainFromItsStartAsync() throws Exception {
    assertSurvivesAsync(() -> new BasicAsyncEntityProducer(bytes(CONTENT), null, true));
  }
}
