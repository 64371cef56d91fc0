package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request names its bucket. */
class AddressingTest extends SimulatorFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "logs.localhost:8080",
        "logs.oss-cn-hangzhou.aliyuncs.com",
        "LOGS.oss-cn-hangzhou.aliyuncs.com:80",
        "logs.oss-cn-hangzhou-internal.aliyuncs.com"
      })
  void aBucketIsNamedInTheHost(String host) throws IOException {
    assertThat(put(host, "/dir/k", "dir/k").status()).isEqualTo(200);
    assertThat(stored("dir/k")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "127.0.0.1", "[::1]:80", "oss"})
  void aBucketIsNamedInThePath(String host) throws IOException {
    assertThat(put(host, "/logs/dir/k", "dir/k").status()).isEqualTo(200);
    assertThat(stored("dir/k")).isEqualTo("x");
  }

  @Test
  void aClientMayTakeTheSimulatorForItsProxy() throws IOException {
    String target = "http://logs.oss-cn-hangzhou.aliyuncs.com/dir/k";
    assertThat(put("127.0.0.1", target, "dir/k").status()).isEqualTo(200);
    assertThat(stored("dir/k")).isEqualTo("x");
    assertThat(oss.requests().get(0).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/logs/k", "http://oss-cn-hangzhou.aliyuncs.com/logs/k", "/logs"})
  void oneOfOssItsOwnHostsTakesNoBucketInThePath(String target) throws IOException {
    Response response = client.exchange("GET", target, Map.of("host", "oss-cn-hangzhou.aliyuncs.com"), null);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body())
        .contains("<Code>SecondLevelDomainForbidden</Code>", "<HostId>oss-cn-hangzhou.aliyuncs.com</HostId>");
  }

  @Test
  void aHostOfOssItselfIsTheService() throws IOException {
    Response response = client.exchange("GET", "/", Map.of("host", "oss-cn-hangzhou.aliyuncs.com"), null);
    assertThat(response.body()).contains("<Code>AccessDenied</Code>"); // unsigned, and that is all that is wrong with it
  }

  @Test
  void errorsNameTheHostAskedFor() throws IOException {
    Response response = client.exchange("GET", "/k", Map.of("host", "logs.oss-cn-hangzhou.aliyuncs.com:80"), null);
    assertThat(response.body()).contains("<HostId>logs.oss-cn-hangzhou.aliyuncs.com</HostId>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/logs/%zz", "/logs/k%", "/logs/k%2", "/%/k", "/logs/k?position=%4", "/logs/%FF", "/logs/k?x=%C3%28"})
  void aTargetThatIsNotWellEncodedIsNoReasonToHangUp(String target) throws IOException {
    Response response = client.exchange("GET", target, Map.of(), null);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidURI</Code>");
    assertThat(client.put("k", "next on the same connection").status()).isEqualTo(200);
  }

  @Test
  void theReplacementCharacterIsACharacterLikeOthers() throws IOException {
    assertThat(client.put("\uFFFD", "x").status()).isEqualTo(200);
    assertThat(stored("\uFFFD")).isEqualTo("x");
  }

  private Response put(String host, String target, String key) throws IOException {
    assertThat(target).endsWith(PercentEncoding.encode(key, true));
    Map<String, String> headers = new TreeMap<>(Map.of("host", host));
    SigningRequest request = new SigningRequest("PUT", "logs", key, Query.parse(null), new TreeMap<>());
    headers.putAll(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))).sign(request, time.wallTime()));
    return client.exchange("PUT", target, headers, "x");
  }
}
