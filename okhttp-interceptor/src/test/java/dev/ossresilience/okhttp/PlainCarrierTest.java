package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What is different where an interceptor can't override its client's settings. */
@EnabledIf(value = "dev.ossresilience.okhttp.OnOkHttp#cannotOverride", disabledReason = "OkHttp 5.4 and later have another carrier")
class PlainCarrierTest extends OverSimulator {
  @Test
  void aClientThatFollowsRedirectsSendsNothingSigned() {
    OkHttpClient following = client.newBuilder().followRedirects(true).build();
    assertThatThrownBy(() -> following.newCall(request("a").get().build()).execute())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("followRedirects(false)")
        .hasMessageContaining("OssCallFactory");
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void aCallThatIsNotSentEndsForListenersToo() {
    List<String> told = new ArrayList<>();
    OssResilience listened = resilience().events(event -> told.add(event.getClass().getSimpleName())).build();
    OkHttpClient following = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(listened)).build();
    assertThatThrownBy(() -> following.newCall(request("a").get().build()).execute()).isInstanceOf(IOException.class);
    assertThat(told).containsExactly("CallStarted", "CallEnded");
  }

  @Test
  void aClientThatFollowsRedirectsMayDoSoIfNothingSecretTravels() throws IOException {
    OssResilience anonymous = OssResilience.builder().endpoint(OssEndpoint.of(server.endpoint())).time(time, time).build();
    OkHttpClient following = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(anonymous)).build();
    try (OssSimulator elsewhere = OssSimulator.builder().time(time).start()) {
      server.faults().next(Fault.redirect(elsewhere.endpoint() + "/logs/a"));
      following.newCall(request("a").get().build()).execute().close();
      assertThat(elsewhere.requestCount()).isEqualTo(1);
    }
    following.connectionPool().evictAll();
  }

  @Test
  void aRedirectIsDeliveredAsItCame() throws IOException {
    try (OssSimulator elsewhere = OssSimulator.builder().time(time).start()) {
      server.faults().next(Fault.redirect(elsewhere.endpoint() + "/logs/app.log"));
      try (Response response = append(0, HELLO)) {
        assertThat(response.isRedirect()).isTrue();
      }
      assertThat(elsewhere.requestCount()).isZero();
    }
  }

  @Test
  void whatMustNotBeDoneTwiceIsNotSentIfAnInterceptorMightMakeItRepeatable() throws IOException {
    OkHttpClient repeating = client.newBuilder().addInterceptor(chain -> chain.proceed(chain.request())).build();
    assertThatThrownBy(() -> repeating.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("retryOnConnectionFailure(false)");
    assertThat(server.requestCount()).isZero();
    repeating.newCall(request("a").put(RequestBody.create(HELLO, null)).build()).execute().close();
    assertThat(server.bytesOf("logs", "a")).as("what may be repeated is sent").isEqualTo(HELLO);
  }

  @Test
  void anInterceptorOfOursForAnotherEndpointMakesNothingRepeatable() throws IOException {
    OssResilience other = resilience().endpoint(OssEndpoint.of("https://oss-cn-beijing.aliyuncs.com")).build();
    client = client.newBuilder().addInterceptor(OssRetryInterceptor.of(other)).build();
    server.faults().next(Fault.applyThenDrop());
    assertAppended(append(0, HELLO), 2);
  }

  @Test
  void aDeleteWithoutABodyIsNotRepeatedUnseen() throws IOException {
    server.put("logs", "a", HELLO);
    call(request("a").get()).close(); // leaves a pooled connection, after whose failure OkHttp tries another
    server.faults().next(Fault.drop());
    try (Response response = call(request("a").method("DELETE", null))) {
      assertThat(response.code()).isEqualTo(204);
    }
    assertThat(reports.get(1).attempts()).isEqualTo(2);
  }

  @Test
  void aLostAppendIsFoundBehindInterceptorsThatLeaveItsBodyAlone() throws IOException {
    AtomicInteger logged = new AtomicInteger();
    Interceptor logging =
        chain -> {
          logged.incrementAndGet();
          return chain.proceed(chain.request().newBuilder().header("X-Logged", "yes").build());
        };
    client = OnOkHttp.repeatingNothingUnseen(client).addInterceptor(chain -> chain.proceed(chain.request())).addNetworkInterceptor(logging).build();
    server.faults().next(Fault.applyThenDrop());
    assertAppended(append(0, HELLO), 2);
    assertThat(logged).hasPositiveValue();
  }

  @Test
  void whatIsSentInPlaceOfABodyThatNobodyReadsMayBeStored() {
    byte[] prepared = "prepared long ago".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    client = OnOkHttp.repeatingNothingUnseen(client).addInterceptor(chain -> chain.proceed(instead(chain.request(), RequestBody.create(prepared, null)))).build();
    server.faults().next(Fault.applyThenDrop());
    assertThatThrownBy(() -> append(0, HELLO)).isInstanceOf(AmbiguousAppendException.class);
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(prepared);
    server.faults().next(Fault.applyThenDrop());
    Request.Builder put = request("a").put(RequestBody.create(HELLO, null)).header("x-oss-forbid-overwrite", "true");
    assertThatThrownBy(() -> call(put)).isInstanceOf(AmbiguousWriteException.class);
  }

  @Test
  void aBodyThatIsLookedAtBeforeItIsSentIsStillCompared() {
    Interceptor reading =
        chain -> {
          RequestBody body = chain.request().body();
          if (body != null && !body.isOneShot()) {
            body.writeTo(new Buffer());
          }
          return chain.proceed(chain.request());
        };
    client = OnOkHttp.repeatingNothingUnseen(client).addInterceptor(reading).build();
    server.faults().next(Fault.corruptBody(), Fault.corruptBody());
    assertThatThrownBy(() -> call(request("a").put(RequestBody.create(HELLO, null)))).isInstanceOf(dev.ossresilience.crc.IntegrityException.class);
  }

  private static Request instead(Request request, RequestBody body) {
    return request.body() == null ? request : request.newBuilder().method(request.method(), body).build();
  }
}
