package consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.micrometer.OssMetrics;
import dev.ossresilience.okhttp.OssAppenders;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.opentelemetry.OssTracing;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Appends over OkHttp to a simulated OSS that errs, loses an answer and has another clock, and reads back over HttpClient. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    Credentials key = Credentials.of("a-key-id", "a-key-secret");
    try (OssSimulator server = OssSimulator.builder().region("cn-hangzhou").credentials(key).bucket("logs").start()) {
      MeterRegistry registry = new SimpleMeterRegistry();
      OssMetrics metrics = OssMetrics.bindTo(registry);
      OssResilience oss =
          OssResilience.builder()
              .events(metrics)
              .events(OssTracing.listener())
              .endpoint(OssEndpoint.of(server.endpoint()))
              .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(key)))
              .build();

      OkHttpClient okHttp = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
      OssAppender log = OssAppenders.open(okHttp, oss.endpoint(), "logs", "app.log");
      server.faults().next(Fault.internalError(), Fault.applyThenDrop(), Fault.none(), Fault.none(), Fault.skewed(Duration.ofHours(1)));
      for (int record = 1; record <= 3; record++) {
        log.append(("record " + record + "\n").getBytes(UTF_8));
      }
      okHttp.connectionPool().evictAll();

      try (CloseableHttpClient client = OssHttpClients.configure(HttpClients.custom(), oss).build()) {
        String text =
            client.execute(
                new HttpGet(server.endpoint() + "/logs/app.log"), response -> response.getCode() + " " + EntityUtils.toString(response.getEntity()));
        if (!text.equals("200 record 1\nrecord 2\nrecord 3\n")) {
          throw new IllegalStateException("expected three records, once each: " + text);
        }
      }
      if (registry.get("oss.client.retries").counters().isEmpty()) {
        throw new IllegalStateException("nothing was counted");
      }
      System.out.println("CONSUMER ok " + (Main.class.getModule().isNamed() ? "on the module path" : "on the class path") + ", faults: " + server.faults().happened());
    }
  }
}
