package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other credentials are fetched while somebody waits for the call. */
@Timeout(60)
class RefreshTest extends OverSimulator {
  /** Fetches until the test is over. */
  private static final class Hanging implements CredentialsProvider {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Credentials current() {
      return Credentials.of("ak", "sk");
    }

    @Override
    public boolean refresh(Credentials refused, Duration atMost) {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped.countDown();
      }
      return false;
    }
  }

  @Test
  void isGivenUpWithTheCall() throws Exception {
    Hanging provider = new Hanging();
    OkHttpClient hanging =
        OnOkHttp.client()
            .addInterceptor(OssRetryInterceptor.of(resilience().signer(OssSigner.v4("cn-hangzhou", provider)).build()))
            .build();
    server.faults().next(Fault.error("InvalidAccessKeyId"));
    Call call = hanging.newCall(request("a").get().build());
    FutureTask<String> ending = new FutureTask<>(() -> ending(call));
    new Thread(ending).start();
    provider.asked.await();
    call.cancel();
    assertThat(ending.get()).isEqualTo("Canceled");
    provider.stopped.await(); // no thread is left behind
    assertThat(reports).singleElement().satisfies(report -> assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED));
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void anInterceptorBelowMayChangeTheUrl() throws IOException {
    OkHttpClient rewriting =
        OnOkHttp.client()
            .addInterceptor(
                OssRetryInterceptor.of(resilience().endpoint(OssEndpoint.of(server.endpoint().replace("127.0.0.1", "localhost"))).build()))
            .addInterceptor(
                chain -> chain.proceed(chain.request().newBuilder().url(chain.request().url().newBuilder().host("127.0.0.1").build()).build()))
            .build();
    server.put("logs", "a", HELLO);
    String url = server.endpoint().replace("127.0.0.1", "localhost") + "/logs/a";
    try (Response response = rewriting.newCall(new okhttp3.Request.Builder().url(url).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
  }

  private static String ending(Call call) {
    try (Response response = call.execute()) {
      return "status " + response.code();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
