package dev.ossresilience.apache5;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A simulator in virtual time, and wrapped clients for it: nothing here sleeps for real. */
@Timeout(60)
abstract class OverSimulator {
  /** What a caller sees of a response. */
  record Reply(int status, String body, List<Header> headers) {
    String header(String name) {
      for (Header header : headers) {
        if (header.getName().equalsIgnoreCase(name)) {
          return header.getValue();
        }
      }
      return "";
    }
  }

  final VirtualTime time = new VirtualTime();
  final OssSimulator server = OssSimulator.builder().time(time).start();
  final List<ExchangeReport> reports = new ArrayList<>();
  final CloseableHttpClient plain = HttpClients.custom().disableAutomaticRetries().build();
  final CloseableHttpClient client = OssHttpClients.wrap(plain, settings().build());

  @AfterEach
  void closeAll() throws IOException {
    client.close();
    server.close();
  }

  /** Settings that any test may change; jitter is fixed. */
  OssResilience.Builder settings() {
    return OssResilience.builder()
        .retryBudget(RetryBudget.unlimited()) // more goes wrong here than anywhere
        .endpoint(OssEndpoint.of(server.endpoint()))
        .signer(OssSigner.v4("cn-hangzhou", () -> Credentials.of("ak", "sk")))
        .time(time, time)
        .random(() -> 0.5)
        .listener(reports::add);
  }

  String url(String keyAndQuery) {
    return server.endpoint() + "/logs/" + keyAndQuery;
  }

  HttpPut put(String key, String body) {
    HttpPut request = new HttpPut(url(key));
    request.setEntity(entity(body));
    return request;
  }

  HttpGet get(String key) {
    return new HttpGet(url(key));
  }

  HttpPost append(String key, long position, String body) {
    HttpPost request = new HttpPost(url(key + "?append&position=" + position));
    request.setEntity(entity(body));
    return request;
  }

  Reply send(ClassicHttpRequest request) throws IOException {
    return send(client, request);
  }

  static Reply send(CloseableHttpClient through, ClassicHttpRequest request) throws IOException {
    return through.execute(request, OverSimulator::read);
  }

  static Reply read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    String body = entity == null ? "" : new String(EntityUtils.toByteArray(entity), StandardCharsets.ISO_8859_1);
    return new Reply(response.getCode(), body, List.of(response.getHeaders()));
  }

  static HttpEntity entity(String body) {
    return new ByteArrayEntity(bytes(body), null);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The object's content, or "(absent)". */
  String stored(String key) {
    byte[] bytes = server.bytesOf("logs", key);
    return bytes == null ? "(absent)" : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns once the server is through with that many requests: it may still be busy with one whose caller has given up. */
  void awaitRequests(int count) {
    while (server.requestCount() < count) {
      Thread.onSpinWait();
    }
  }

  /** What the server was asked and answered, for example {@code "PUT 200"}. */
  List<String> traffic() {
    return server.requests().stream().map(OverSimulator::line).toList();
  }

  private static String line(ReceivedRequest request) {
    return request.method() + " " + (request.status() == 0 ? "dropped" : request.status());
  }
}
