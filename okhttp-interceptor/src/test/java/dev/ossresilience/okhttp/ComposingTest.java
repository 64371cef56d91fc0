package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.logging.HttpLoggingInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of OkHttp: who sees one call, and who sees each attempt. */
class ComposingTest extends OverSimulator {
  private final List<String> seenOutside = new ArrayList<>();
  private final List<String> seenInside = new ArrayList<>();

  @BeforeEach
  void oneRefusal() {
    server.faults().next(Fault.error(503, "ServiceUnavailable"));
  }

  @Test
  void anInterceptorBeforeOursSeesTheCallAndOneAfterItEachAttempt() throws IOException {
    client = OnOkHttp.client().addInterceptor(recorder(seenOutside)).addInterceptor(ours()).addInterceptor(recorder(seenInside)).build();
    put(client);
    assertThat(seenOutside).containsExactly("unsigned PUT", "200");
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void okHttpsOwnLoggingDoesToo() throws IOException {
    assumeFalse(OnOkHttp.version().startsWith("4."), "logging-interceptor 5 needs OkHttp 5; the recorder above shows the same on 4.12");
    client = OnOkHttp.client().addInterceptor(logging(seenOutside)).addInterceptor(ours()).addInterceptor(logging(seenInside)).build();
    put(client);
    assertThat(requestLines(seenOutside)).hasSize(1);
    assertThat(requestLines(seenInside)).hasSize(2);
  }

  @Test
  void theInterceptorsOfAFactorysClientSeeEachAttemptSigned() throws IOException {
    client = OnOkHttp.client().addInterceptor(recorder(seenInside)).build();
    put(OssCallFactory.of(client, resilience().build()));
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void whatIsSetBeforeOursIsSignedAlsoOnAnotherAttempt() throws IOException {
    put(OnOkHttp.client().addInterceptor(setting("x-oss-meta-team", "red")).addInterceptor(ours()).build());
    try (Response response = call(request("a.txt").get())) {
      assertThat(response.header("x-oss-meta-team")).isEqualTo("red");
    }
  }

  @Test
  void anAuthorizationThatIsSetBeforeOursGivesWayToOurs() throws IOException {
    put(OnOkHttp.client().addInterceptor(setting("Authorization", "Bearer none")).addInterceptor(ours()).build());
  }

  @Test
  void whatIsSetBehindOursGoesOutUnsigned() throws IOException {
    put(behind().addInterceptor(ours()).addInterceptor(setting("X-Trace", "1")).build());
  }

  @Test
  void ossRefusesItsOwnHeadersSo() throws IOException {
    OkHttpClient.Builder setting = behind().addInterceptor(setting("x-oss-meta-team", "red"));
    for (Call.Factory calls : List.of(behind().addInterceptor(ours()).addInterceptor(setting("x-oss-meta-team", "red")).build(), OssCallFactory.of(setting.build(), resilience().build()))) {
      try (Response response = calls.newCall(request("a.txt").put(RequestBody.create(HELLO, null)).build()).execute()) {
        assertThat(response.body().string()).contains("SignatureDoesNotMatch");
      }
    }
    assertThat(server.bytesOf("logs", "a.txt")).isNull();
  }

  private void put(Call.Factory calls) throws IOException {
    try (Response response = calls.newCall(request("a.txt").put(RequestBody.create(HELLO, null)).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(2);
  }

  private OssRetryInterceptor ours() {
    return OssRetryInterceptor.of(resilience().build());
  }

  /** For interceptors that come behind ours. */
  private static OkHttpClient.Builder behind() {
    return OnOkHttp.repeatingNothingUnseen(OnOkHttp.client().build());
  }

  private static Interceptor setting(String name, String value) {
    return chain -> chain.proceed(chain.request().newBuilder().header(name, value).build());
  }

  private static Interceptor recorder(List<String> lines) {
    return chain -> {
      lines.add((chain.request().header("Authorization") == null ? "unsigned " : "signed ") + chain.request().method());
      Response response = chain.proceed(chain.request());
      lines.add(Integer.toString(response.code()));
      return response;
    };
  }

  private static HttpLoggingInterceptor logging(List<String> lines) {
    HttpLoggingInterceptor logging = new HttpLoggingInterceptor(lines::add);
    logging.setLevel(HttpLoggingInterceptor.Level.BASIC);
    return logging;
  }

  private static List<String> requestLines(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("--> PUT")).toList();
  }
}
