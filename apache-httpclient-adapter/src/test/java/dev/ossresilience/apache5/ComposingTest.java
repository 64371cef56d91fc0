package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of HttpClient: who sees one call, and who sees each attempt. */
class ComposingTest extends OverSimulator {
  private final List<String> seenOutside = new ArrayList<>();
  private final List<String> seenInside = new ArrayList<>();

  @BeforeEach
  void oneRefusal() {
    server.faults().next(Fault.error(503, "ServiceUnavailable"));
  }

  @Test
  void theFirstHandlerSeesTheCallAndOneAfterTheProtocolEachAttempt() throws IOException {
    HttpClientBuilder builder =
        HttpClients.custom()
            .addExecInterceptorFirst("outside", recorder(seenOutside))
            .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "inside", recorder(seenInside));
    put(OssHttpClients.configure(builder, settings().build()));
    assertThat(seenOutside).containsExactly("unsigned PUT", "200");
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void requestInterceptorsSeeEachAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().addRequestInterceptorLast((request, entity, context) -> seenInside.add(line(request)));
    put(OssHttpClients.configure(builder, settings().build()));
    assertThat(seenInside).containsExactly("signed PUT", "signed PUT");
  }

  @Test
  void everyHandlerOfAWrappedClientSeesEachAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().disableAutomaticRetries().addExecInterceptorFirst("inside", recorder(seenInside));
    try (CloseableHttpClient wrapped = OssHttpClients.wrap(builder.build(), settings().build())) {
      assertThat(send(wrapped, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void whatIsSetBeforeOursIsSignedAlsoOnAnotherAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().addExecInterceptorFirst("static", setting("x-oss-meta-team", "red"));
    put(OssHttpClients.configure(builder, settings().build()));
    assertThat(send(get("a.txt")).header("x-oss-meta-team")).isEqualTo("red");
  }

  @Test
  void anAuthorizationThatIsSetBeforeOursGivesWayToOurs() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().addExecInterceptorFirst("static", setting("Authorization", "Bearer none"));
    put(OssHttpClients.configure(builder, settings().build()));
  }

  @Test
  void whatIsSetBehindOursGoesOutUnsignedAndOssRefusesItsOwnHeadersSo() throws IOException {
    put(OssHttpClients.configure(HttpClients.custom().addRequestInterceptorLast((request, entity, context) -> request.setHeader("X-Trace", "1")), settings().build()));
    HttpClientBuilder builder =
        HttpClients.custom().disableAutomaticRetries().addRequestInterceptorLast((request, entity, context) -> request.setHeader("x-oss-meta-team", "red"));
    try (CloseableHttpClient wrapped = OssHttpClients.wrap(builder.build(), settings().build())) {
      assertThat(send(wrapped, put("b.txt", "hello")).body()).contains("SignatureDoesNotMatch");
    }
    assertThat(stored("b.txt")).isEqualTo("(absent)");
  }

  private void put(HttpClientBuilder configured) throws IOException {
    try (CloseableHttpClient built = configured.build()) {
      assertThat(send(built, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT 503", "PUT 200");
  }

  private static ExecChainHandler recorder(List<String> lines) {
    return (request, scope, chain) -> {
      lines.add(line(request));
      ClassicHttpResponse response = chain.proceed(request, scope);
      lines.add(Integer.toString(response.getCode()));
      return response;
    };
  }

  private static ExecChainHandler setting(String name, String value) {
    return (request, scope, chain) -> {
      request.setHeader(name, value);
      return chain.proceed(request, scope);
    };
  }

  private static String line(HttpRequest request) {
    return (request.containsHeader("Authorization") ? "signed " : "unsigned ") + request.getMethod();
  }
}
