package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** A factory is what Retrofit makes its calls with. */
@Timeout(60)
class RetrofitTest extends OverCallFactory {
  /** As a program would declare it. */
  interface Logs {
    @GET("logs/{key}")
    CompletableFuture<ResponseBody> get(@Path("key") String key);

    @POST("logs/{key}?append")
    Call<Void> append(@Path("key") String key, @Query("position") long position, @Body RequestBody bytes);
  }

  private Logs logs() {
    return new Retrofit.Builder().baseUrl(server.endpoint() + "/").callFactory(factory).build().create(Logs.class);
  }

  @Test
  void enqueuedCallsRecover() throws Exception {
    server.put("logs", "a", HELLO);
    server.faults().next(Fault.throttled("MetaOperationQpsLimitExceeded"));
    assertThat(logs().get("a").get(20, TimeUnit.SECONDS).bytes()).isEqualTo(HELLO);
    assertThat(reports).singleElement().satisfies(report -> assertThat(report.attempts()).isEqualTo(2));
  }

  @Test
  void executedCallsRecover() throws IOException {
    server.faults().next(Fault.applyThenDrop());
    Response<Void> response = logs().append("app.log", 0, RequestBody.create(HELLO, null)).execute();
    assertThat(response.code()).isEqualTo(200);
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
  }

  @Test
  void aRefusalIsDelivered() throws IOException {
    server.faults().next(Fault.error("AccessDenied"));
    Response<Void> response = logs().append("app.log", 0, RequestBody.create(HELLO, null)).execute();
    assertThat(response.isSuccessful()).isFalse();
    assertThat(response.errorBody().string()).contains("<Code>");
  }
}
