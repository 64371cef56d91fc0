package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.logging.HttpLoggingInterceptor;
import org.junit.jupiter.api.Test;

/** Whoever reads a body behind ours, to log it, has not sent it. */
class EarlyAnswerBehindLoggingTest extends OverCallFactory {
  private static OkHttpClient logging(OkHttpClient.Builder builder) {
    return builder.addInterceptor(new HttpLoggingInterceptor(line -> {}).setLevel(HttpLoggingInterceptor.Level.BODY)).build();
  }

  private void put(Call.Factory calls) throws IOException {
    server.faults().next(Fault.earlySuccess());
    RequestBody body = RequestBody.create(HELLO, null);
    try (Response response = calls.newCall(request("a.txt").header("Expect", "100-continue").put(body).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "a.txt")).as("a success").isEqualTo(HELLO);
  }

  @Test
  void aSuccessBeforeABodyThatWasLoggedIsNotBelieved() throws IOException {
    assumeTrue(OnOkHttp.canOverride(), "else nothing is seen of what is sent behind others");
    put(logging(OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(resilience().build()))));
  }

  @Test
  void norByACallFactory() throws IOException {
    assumeTrue(OnOkHttp.canOverride(), "the interceptor that logs is OkHttp 5's");
    put(OssCallFactory.of(logging(OnOkHttp.client()), resilience().build()));
  }
}
