package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client with default settings and the interceptor, over real sockets, against the simulator in virtual time. */
abstract class OverSimulator {
  static final byte[] HELLO = "hello, OSS\n".getBytes(UTF_8);

  final VirtualTime time = new VirtualTime();
  final List<ExchangeReport> reports = new ArrayList<>();
  OssSimulator server;
  OkHttpClient client;

  @BeforeEach
  void start() {
    server = OssSimulator.builder().time(time).start();
    client = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(resilience().build())).build();
  }

  @AfterEach
  void stop() {
    client.connectionPool().evictAll();
    server.close();
  }

  OssResilience.Builder resilience() {
    return OssResilience.builder()
        .retryBudget(RetryBudget.unlimited()) // more goes wrong here than anywhere
        .endpoint(OssEndpoint.of(server.endpoint()))
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        .time(time, time)
        .listener(reports::add);
  }

  static String stackTrace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  void assertAppended(Response response, int attempts) {
    try (response) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo(Integer.toString(HELLO.length));
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
    assertThat(reports.get(0).attempts()).isEqualTo(attempts);
  }

  List<Reason> waits() {
    return reports.get(0).events().stream().filter(event -> event.kind() == dev.ossresilience.report.Event.Kind.WAIT).map(dev.ossresilience.report.Event::reason).toList();
  }

  Response append(long position, byte[] bytes) throws IOException {
    return client.newCall(appendRequest(position, RequestBody.create(bytes, null))).execute();
  }

  Request appendRequest(long position, RequestBody body) {
    return new Request.Builder().url(server.endpoint() + "/logs/app.log?append&position=" + position).post(body).build();
  }

  Request.Builder request(String key) {
    return new Request.Builder().url(OssEndpoint.of(server.endpoint()).urlOf("logs", key));
  }

  Response call(Request.Builder request) throws IOException {
    return client.newCall(request.build()).execute();
  }

  /** A body that can be written once, and says so. */
  static RequestBody oneShot(byte[] bytes) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
      }
    };
  }
}
