package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pool holds may have been closed by the server long ago: that is no failure of a call, and costs none of its attempts. */
@Timeout(60)
class StaleConnectionsTest extends OverSimulator {
  private static final int STALE = 5;

  @Test
  void anyNumberOfThemCostsNoAttemptOfWhatIsSafeToRepeat() throws Exception {
    openAndCloseConnections();
    reports.clear();
    server.put("logs", "a", HELLO);
    try (Response response = call(request("a").get())) {
      assertThat(response.code()).isEqualTo(200);
    }
    if (OnOkHttp.canOverride()) { // before 5.4 it doesn't show
      assertThat(reports.get(0).attempts()).as("what OkHttp tried is told").isGreaterThan(1);
    }
  }

  @Test
  void anAppendIsSentOnce() throws Exception {
    openAndCloseConnections();
    reports.clear();
    int before = server.requestCount();
    try (Response response = append(0, HELLO)) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount() - before).isEqualTo(1);
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
  }

  /** As many connections as the barrier holds requests; the server closes each after its answer, having promised to keep it. */
  private void openAndCloseConnections() throws InterruptedException {
    CyclicBarrier allConnected = new CyclicBarrier(STALE);
    Interceptor together =
        chain -> {
          try {
            allConnected.await();
          } catch (Exception e) {
            throw new IOException(e);
          }
          return chain.proceed(chain.request());
        };
    Fault[] faults = new Fault[STALE];
    Arrays.fill(faults, Fault.answerThenClose());
    server.faults().next(faults);
    server.put("logs", "a", HELLO);
    CountDownLatch answered = new CountDownLatch(STALE);
    OkHttpClient opener = client.newBuilder().addNetworkInterceptor(together).build();
    for (int i = 0; i < STALE; i++) {
      opener.newCall(request("a").get().build()).enqueue(
          new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
              answered.countDown();
            }

            @Override
            public void onResponse(Call call, Response response) {
              response.close();
              answered.countDown();
            }
          });
    }
    answered.await();
    client =
        client.newBuilder().build(); // the same pool, without the barrier
    assertThat(client.connectionPool().idleConnectionCount()).isEqualTo(STALE);
  }

  @Override
  dev.ossresilience.OssResilience.Builder resilience() {
    return super.resilience().policy(RetryPolicy.builder().maxAttempts(2).build());
  }
}
