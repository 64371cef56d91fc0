package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.error.OssError;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** When nothing goes wrong, a wrapped client is that client with a signature. */
class PassThroughTest extends OverSimulator {
  @Test
  void errorCanBeAskedForAndItsBodyStaysReadable() throws IOException {
    String seen =
        client.execute(
            get("missing"),
            response -> {
              OssError error = OssErrors.of(response);
              return error.code() + " " + error.verdict() + " " + read(response).body().contains("<Code>NoSuchKey</Code>");
            });
    assertThat(seen).isEqualTo("NoSuchKey FATAL true");
  }

  @Test
  void requestsAreSignedAndOtherwiseAsTheyWere() throws IOException {
    assertThat(send(put("a", "hello")).status()).isEqualTo(200);
    assertThat(send(get("a")).body()).isEqualTo("hello");
    assertThat(send(new HttpHead(url("a"))).header("Content-Length")).isEqualTo("5");
    assertThat(send(append("b", 0, "12")).header("x-oss-next-append-position")).isEqualTo("2");
    assertThat(send(append("b", 2, "3")).header("x-oss-next-append-position")).isEqualTo("3");

    assertThat(stored("a")).isEqualTo("hello");
    assertThat(stored("b")).isEqualTo("123");
    assertThat(traffic()).containsExactly("PUT 200", "GET 200", "HEAD 200", "POST 200", "POST 200");
    assertThat(server.requests()).allSatisfy(r -> assertThat(r.headers().get("authorization")).startsWith("OSS4-HMAC-SHA256 "));
    assertThat(server.requests().get(3).target()).isEqualTo("/logs/b?append&position=0");
  }

  @Test
  void theContentTypeOfTheBodyIsSigned() throws IOException {
    HttpPut request = new HttpPut(url("a"));
    request.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
    request.setHeader("x-oss-meta-note", "two words");

    assertThat(send(request).status()).isEqualTo(200);
    assertThat(server.requests().get(0).headers()).containsEntry("content-type", "application/json; charset=UTF-8");
  }

  @Test
  void keysThatNeedEscapingStayAsTheCallerEscapedThem() throws IOException {
    assertThat(send(put("d%C3%A9j%C3%A0%20vu%2B%7E(1)", "x")).status()).isEqualTo(200);
    assertThat(server.requests().get(0).target()).isEqualTo("/logs/d%C3%A9j%C3%A0%20vu%2B%7E(1)");
  }

  @Test
  void targetMayBeGivenApartFromThePath() throws IOException {
    server.put("logs", "a", bytes("hello"));
    HttpHost host = HttpHost.create(URI.create(server.endpoint()));
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/logs/a");

    assertThat(client.execute(host, request, OverSimulator::read).body()).isEqualTo("hello");
  }

  @Test
  void targetMayBeNullIfTheRequestNamesTheHost() throws IOException {
    server.put("logs", "a", bytes("hello"));
    try (var response = client.executeOpen(null, get("a"), null)) {
      assertThat(read(response).body()).isEqualTo("hello");
    }
  }

  @Test
  void requestsToOtherHostsAreNeitherSignedNorRepeated() throws IOException {
    try (OssSimulator other = OssSimulator.builder().time(time).start()) {
      other.faults().next(Fault.internalError());
      HttpGet request = new HttpGet(other.endpoint() + "/logs/a");

      assertThat(send(request).status()).isEqualTo(500);
      assertThat(send(request).status()).isEqualTo(403);
      assertThat(other.requests()).allSatisfy(r -> assertThat(r.headers()).doesNotContainKeys("authorization", "x-oss-date"));
    }
    assertThat(server.requests()).isEmpty();
    assertThat(reports).isEmpty();
  }

  @Test
  void redirectsAreDeliveredAndNotFollowed() throws IOException {
    try (OssSimulator elsewhere = OssSimulator.builder().time(time).start()) {
      String location = elsewhere.endpoint() + "/logs/a";
      server.faults().next(Fault.redirect(location));
      HttpGet request = get("a");
      request.setConfig(RequestConfig.custom().setRedirectsEnabled(true).build());

      Reply reply = send(request);

      assertThat(reply.status()).isEqualTo(302);
      assertThat(reply.header("Location")).isEqualTo(location);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void redirectsWithinTheHostAreNotFollowedEither() throws IOException {
    server.put("logs", "b", bytes("the signature of a doesn't fit"));
    server.faults().next(Fault.redirect(url("b")));

    assertThat(send(get("a")).status()).isEqualTo(302);
    assertThat(traffic()).containsExactly("GET 302");
  }

  @Test
  void theContextIsLeftAsTheClientAloneWouldLeaveIt() throws IOException {
    RequestConfig mine = RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(7)).build();
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(mine);
    server.faults().next(Fault.internalError());

    client.execute(put("a", "x"), context, OverSimulator::read);

    assertThat(context.getRequestConfig()).isSameAs(mine);
    assertThat(context.getResponse().getCode()).isEqualTo(200);
    assertThat(context.getRequest().getFirstHeader("x-oss-date")).isNotNull();
    assertThat(context.getHttpRoute().getTargetHost().getPort()).isEqualTo(URI.create(server.endpoint()).getPort());
  }

  @Test
  void probesLeaveNoTraceInTheContext() throws IOException {
    HttpClientContext context = HttpClientContext.create();
    server.faults().next(Fault.foreignAppend(bytes("theirs")));

    client.execute(append("a", 0, "ours"), context, OverSimulator::read);

    assertThat(traffic()).startsWith("POST 409").contains("GET 206").endsWith("POST 200");
    assertThat(context.getRequest().getMethod()).isEqualTo("POST");
    assertThat(context.getResponse().getCode()).isEqualTo(200);
  }

  @Test
  void aPlainContextWillDo() throws IOException {
    HttpCoreContext context = HttpCoreContext.create();
    context.setAttribute("mine", 1);

    assertThat(client.execute(put("a", "x"), context, OverSimulator::read).status()).isEqualTo(200);
    assertThat(HttpClientContext.cast(context).getRequestConfig().isRedirectsEnabled()).isTrue();
    assertThat(context.getAttribute("mine")).isEqualTo(1);
  }

  @Test
  void theSameContextAndRequestServeManyCalls() throws IOException {
    HttpClientContext context = HttpClientContext.create();
    var request = put("a", "x");
    for (int i = 0; i < 3; i++) {
      assertThat(client.execute(request, context, OverSimulator::read).status()).isEqualTo(200);
    }
    assertThat(request.getHeaders()).isEmpty();
  }

  @Test
  void closingClosesTheDelegate() throws IOException {
    CloseableHttpClient wrapped = OssHttpClients.wrap(plain, settings().build());
    wrapped.close();
    assertThatThrownBy(() -> send(plain, get("a"))).isInstanceOf(IllegalStateException.class);
  }
}
