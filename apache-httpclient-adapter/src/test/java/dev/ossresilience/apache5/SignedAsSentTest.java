package dev.ossresilience.apache5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.net.URIBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What HttpClient makes of a request after it was signed is what was signed: the simulator checks the signature of what arrives. */
class SignedAsSentTest {
  private static final Credentials KEY = Credentials.of("ak", "sk");
  private static final Credentials STS = new Credentials("STS.ak", "sts-sk", "CAIStoken+/==");
  private static final byte[] BYTES = "what is stored\n".getBytes(UTF_8);

  enum Way {
    V4,
    V4_STS,
    V4_MORE_HEADERS,
    V1,
    V1_STS;

    OssSigner signer() {
      return switch (this) {
        case V4 -> OssSigner.v4("cn-hangzhou", CredentialsProvider.of(KEY));
        case V4_STS -> OssSigner.v4("cn-hangzhou", CredentialsProvider.of(STS));
        case V4_MORE_HEADERS ->
            OssSigner.v4("cn-hangzhou", CredentialsProvider.of(KEY)).withAdditionalHeaders("Host", "Cache-Control", "User-Agent", "Content-Length");
        case V1 -> OssSigner.v1(CredentialsProvider.of(KEY));
        case V1_STS -> OssSigner.v1(CredentialsProvider.of(STS));
      };
    }
  }

  private final OssSimulator server = OssSimulator.builder().credentials(KEY, STS).start();
  private final CloseableHttpClient plain = HttpClients.custom().disableAutomaticRetries().build();

  @AfterEach
  void stop() throws IOException {
    plain.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyReachesItsObjectWhoeverEncodesIt(Way way) throws IOException, URISyntaxException {
    CloseableHttpClient client = client(way);
    for (String key : Awkward.texts()) {
      assertStoresReadsAndDeletes(client, key, OssEndpoint.of(server.endpoint()).urlOf("logs", key));
      assertStoresReadsAndDeletes(client, key, new URIBuilder(server.endpoint()).setPathSegments("logs", key).build().toString());
    }
  }

  private void assertStoresReadsAndDeletes(CloseableHttpClient client, String key, String url) throws IOException {
    assertAnswer(client, with(request("PUT", url), new ByteArrayEntity(BYTES, ContentType.TEXT_PLAIN)), 200);
    assertThat(server.bytesOf("logs", key)).as("the object " + key + " by " + url).isEqualTo(BYTES);
    assertAnswer(client, request("GET", url), 200);
    assertAnswer(client, request("HEAD", url), 200);
    assertAnswer(client, request("DELETE", url), 204);
    assertThat(server.bytesOf("logs", key)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void everyParametersValueArrives(Way way) throws IOException, URISyntaxException {
    CloseableHttpClient client = client(way);
    server.put("logs", "data", BYTES);
    for (String value : Awkward.texts()) {
      URIBuilder url = new URIBuilder(server.endpoint() + "/logs/data");
      url.addParameter("response-content-language", value.strip() + ".").addParameter("response-expires", "");
      assertAnswer(client, request("GET", url.build().toString()), 200);
      assertAnswer(client, request("GET", new URIBuilder(server.endpoint() + "/logs/").addParameter("prefix", value).build().toString()), 200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodiesOfEveryKindAreAccepted(Way way) throws IOException {
    CloseableHttpClient client = client(way);
    for (byte[] bytes : List.of(new byte[0], BYTES)) {
      for (ContentType type : new ContentType[] {null, ContentType.TEXT_PLAIN, ContentType.parse("Text/Plain; Charset=\"UTF-8\"")}) {
        for (HttpEntity body : List.of(new ByteArrayEntity(bytes, type), new ByteArrayEntity(bytes, 0, bytes.length, type, true))) {
          for (String contentType : new String[] {null, "application/x-of-the-header", "  blanks/around  "}) {
            assertStored(client, bytes, body, contentType);
            assertStored(client, bytes, new InputStreamEntity(new ByteArrayInputStream(bytes), bytes.length, type), contentType);
            assertStored(client, bytes, new InputStreamEntity(new ByteArrayInputStream(bytes), -1, type), contentType);
          }
        }
        server.delete("logs", "app.log");
        HttpUriRequestBase append = request("POST", server.endpoint() + "/logs/app.log?append&position=0");
        assertAnswer(client, with(append, new InputStreamEntity(new ByteArrayInputStream(bytes), -1, type)), 200);
        assertThat(server.bytesOf("logs", "app.log")).isEqualTo(bytes);
      }
    }
    assertAnswer(client, with(request("PUT", server.endpoint() + "/logs/gz"), new GzipCompressingEntity(new ByteArrayEntity(BYTES, ContentType.TEXT_PLAIN))), 200);
    assertAnswer(client, request("PUT", server.endpoint() + "/logs/none"), 200);
    assertThat(server.bytesOf("logs", "none")).isEmpty();
  }

  private void assertStored(CloseableHttpClient client, byte[] bytes, HttpEntity body, @Nullable String contentType) throws IOException {
    HttpUriRequestBase put = with(request("PUT", server.endpoint() + "/logs/body"), body);
    if (contentType != null) {
      put.setHeader("Content-Type", contentType);
    }
    assertAnswer(client, put, 200);
    assertThat(server.bytesOf("logs", "body")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void headersOfOddCaseAndBlanksAreAccepted(Way way) throws IOException {
    CloseableHttpClient client = client(way);
    for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
      HttpUriRequestBase request = request(method, server.endpoint() + "/logs/headers");
      request.addHeader("X-OSS-Meta-UPPER", "Value");
      request.addHeader("x-oss-meta-blanks", "  two  inside  ");
      request.addHeader("X-Oss-Meta-Empty", "");
      request.addHeader("x-oss-meta-null", null);
      request.addHeader("x-oss-meta-twice", "first");
      request.addHeader("X-Oss-Meta-Twice", "second");
      request.addHeader("CACHE-control", " no-cache ");
      request.addHeader("content-TYPE", " Text/Plain ");
      assertAnswer(client, method.equals("PUT") ? with(request, new ByteArrayEntity(BYTES, null)) : request, method.equals("DELETE") ? 204 : 200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysReachTheirObjectsInVirtualHostedUrls(Way way) throws IOException {
    String endpoint = server.endpoint().replace("127.0.0.1", "oss-cn-hangzhou.aliyuncs.com");
    OssResilience oss = OssResilience.builder().endpoint(OssEndpoint.of(endpoint)).signer(way.signer()).build();
    CloseableHttpClient loopback =
        HttpClients.custom().setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(new Loopback()).build()).build();
    try (CloseableHttpClient client = OssHttpClients.wrap(loopback, oss)) {
      for (String key : Awkward.texts()) {
        assertStoresReadsAndDeletes(client, key, OssEndpoint.of(endpoint).urlOf("logs", key));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "V4_MORE_HEADERS", mode = EnumSource.Mode.EXCLUDE)
  void presignedUrlsWorkForWhoeverHasThem(Way way) throws IOException {
    OssResilience oss = resilience(way);
    for (CloseableHttpClient client : List.of(plain, client(way))) {
      for (String key : Awkward.texts()) {
        assertAnswer(client, with(request("PUT", oss.presign("PUT", "logs", key, Duration.ofMinutes(5))), new ByteArrayEntity(BYTES, null)), 200);
        assertThat(server.bytesOf("logs", key)).as(key).isEqualTo(BYTES);
        assertAnswer(client, request("GET", oss.presign("GET", "logs", key, Duration.ofMinutes(5))), 200);
        server.delete("logs", key);
      }
    }
  }

  private OssResilience resilience(Way way) {
    return OssResilience.builder().endpoint(OssEndpoint.of(server.endpoint())).signer(way.signer()).build();
  }

  private CloseableHttpClient client(Way way) {
    return OssHttpClients.wrap(plain, resilience(way));
  }

  private static HttpUriRequestBase request(String method, String url) {
    return new HttpUriRequestBase(method, URI.create(url));
  }

  private static HttpUriRequestBase with(HttpUriRequestBase request, HttpEntity body) {
    request.setEntity(body);
    return request;
  }

  private static void assertAnswer(CloseableHttpClient client, HttpUriRequestBase request, int status) throws IOException {
    OverSimulator.Reply reply = OverSimulator.send(client, request);
    assertThat(reply.status()).as(() -> request + " " + List.of(request.getHeaders()) + " " + request.getEntity() + " " + reply.body()).isEqualTo(status);
  }

  /** Every name is this machine's, as an entry in /etc/hosts would make it. */
  private static final class Loopback implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
