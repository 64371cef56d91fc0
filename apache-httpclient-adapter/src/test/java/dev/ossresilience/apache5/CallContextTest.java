package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No timeout a user has set is lost, wherever it was set. */
class CallContextTest {
  private final CloseableHttpClient client = HttpClients.custom().setDefaultRequestConfig(responseTimeout(1)).build();
  private final HttpClientContext context = HttpClientContext.create();
  private final HttpGet request = new HttpGet("http://localhost/");

  @AfterEach
  void closeClient() throws IOException {
    client.close();
  }

  private static RequestConfig responseTimeout(int seconds) {
    return RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(seconds)).build();
  }

  private static void assertTimeout(CallContext call, int seconds) {
    assertThat(call.config().getResponseTimeout()).isEqualTo(Timeout.ofSeconds(seconds));
    assertThat(call.config().isRedirectsEnabled()).isFalse();
  }

  @Test
  void clientsConfigurationIsTheLastToBeAsked() {
    assertTimeout(CallContext.of(request, null, client), 1);
    assertTimeout(CallContext.of(request, context, client), 1);
  }

  @Test
  void contextsConfigurationGoesBefore() {
    context.setRequestConfig(responseTimeout(2));
    assertTimeout(CallContext.of(request, context, client), 2);
  }

  @Test
  void requestsConfigurationGoesBeforeAll() {
    context.setRequestConfig(responseTimeout(2));
    request.setConfig(responseTimeout(3));
    assertTimeout(CallContext.of(request, context, client), 3);
  }

  @Test
  void probesKnowWhatTheContextKnows() {
    context.setCookieStore(new BasicCookieStore());
    context.setUserToken("me");
    context.setAttribute("mine", 1);
    HttpClientContext probe = HttpClientContext.cast(CallContext.of(request, context, client).forProbe());

    assertThat(probe.getCookieStore()).isSameAs(context.getCookieStore());
    assertThat(probe.getUserToken()).isEqualTo("me");
    assertThat(probe.getAttribute("mine")).isEqualTo(1);
    probe.setAttribute("mine", 2);
    assertThat(context.getAttribute("mine")).isEqualTo(1);
  }
}
