package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.fault.Fault;
import feign.Client;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import feign.hc5.ApacheHttp5Client;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** What stands over the clients, as the page on composing shows it. */
class OverTheClientsTest {
  /** In Feign's terms. */
  interface Logs {
    @RequestLine("PUT /logs/{key}")
    void put(@Param("key") String key, byte[] body);

    @RequestLine("GET /logs/{key}")
    String get(@Param("key") String key);

    @RequestLine("POST /logs/{key}?append&position={position}")
    void append(@Param("key") String key, @Param("position") long position, byte[] body);
  }

  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  private OssResilience oss;

  @BeforeEach
  void build() {
    oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .build();
  }

  @Test
  void feignOverOkHttp() {
    assertSurvives(new feign.okhttp.OkHttpClient(new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build()));
  }

  @Test
  void feignOverHttpClient() throws Exception {
    try (CloseableHttpClient client = OssHttpClients.configure(HttpClients.custom(), oss).build()) {
      assertSurvives(new ApacheHttp5Client(client));
    }
  }

  @Test
  void restClient() throws Exception {
    try (CloseableHttpClient client = OssHttpClients.configure(HttpClients.custom(), oss).build()) {
      RestClient rest = RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(client)).baseUrl(server.endpoint()).build();
      server.faults().next(Fault.skewed(Duration.ofHours(1)), Fault.internalError());
      rest.put().uri("/logs/a").body("hello".getBytes(UTF_8)).retrieve().toBodilessEntity();
      server.faults().next(Fault.applyThenDrop());
      rest.post().uri("/logs/b?append&position=0").body("a record\n".getBytes(UTF_8)).retrieve().toBodilessEntity();

      assertThat(rest.get().uri("/logs/a").retrieve().body(String.class)).isEqualTo("hello");
      assertThat(rest.get().uri("/logs/b").retrieve().body(String.class)).isEqualTo("a record\n");
      server.assertAllFaultsHappened();
    }
  }

  private void assertSurvives(Client client) {
    Logs logs = Feign.builder().client(client).retryer(Retryer.NEVER_RETRY).target(Logs.class, server.endpoint());
    server.faults().next(Fault.skewed(Duration.ofHours(1)), Fault.internalError());
    logs.put("a", "hello".getBytes(UTF_8));
    server.faults().next(Fault.applyThenDrop());
    logs.append("b", 0, "a record\n".getBytes(UTF_8));

    assertThat(logs.get("a")).isEqualTo("hello");
    assertThat(logs.get("b")).isEqualTo("a record\n");
    server.assertAllFaultsHappened();
  }
}
