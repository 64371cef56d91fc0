package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.signing.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every program does with OSS, done by the official SDKs, which must take the simulator for OSS. */
@ParameterizedClass
@EnumSource(Setup.class)
class OrdinaryOperationsTest extends SdkFixture {
  @Test
  void whatIsPutIsRead() {
    Peer.Facts put = peer().put("logs", KEY, bytes("hello"));
    assertThat(put.crc64()).isEqualTo(crc("hello"));
    assertThat(put.etag()).isEqualTo("5D41402ABC4B2A76B9719D911017C592");
    assertThat(oss.bytesOf("logs", KEY)).isEqualTo(bytes("hello"));
    assertThat(peer().get("logs", KEY)).isEqualTo(bytes("hello"));
    assertThat(peer().head("logs", KEY)).isEqualTo(new Peer.Facts(put.etag(), 5L, crc("hello"), null, "Normal"));
  }

  @Test
  void anEmptyObjectIsOneToo() {
    peer().put("logs", KEY, bytes(""));
    assertThat(peer().get("logs", KEY)).isEmpty();
    assertThat(peer().head("logs", KEY).length()).isZero();
  }

  @Test
  void whatIsAppendedIsRead() {
    assertThat(peer().append("logs", KEY, 0, bytes("hello ")).nextPosition()).isEqualTo(6);
    Peer.Facts second = peer().append("logs", KEY, 6, bytes("world"));
    assertThat(second.nextPosition()).isEqualTo(11);
    assertThat(second.crc64()).isEqualTo(crc("hello world"));
    assertThat(peer().get("logs", KEY)).isEqualTo(bytes("hello world"));
    assertThat(peer().head("logs", KEY).nextPosition()).isEqualTo(11);
    assertThat(peer().head("logs", KEY).type()).isEqualTo("Appendable");
  }

  @Test
  void whatIsDeletedIsGone() {
    peer().put("logs", KEY, bytes("hello"));
    peer().delete("logs", KEY);
    assertThat(oss.bytesOf("logs", KEY)).isNull();
    peer().delete("logs", KEY);
  }

  @Test
  void anAbsentKeyIsNoSuchKey() {
    assertError(() -> peer().get("logs", KEY), 404, "NoSuchKey", "0026-00000001");
    assertError(() -> peer().head("logs", KEY), 404, "NoSuchKey", "0026-00000001");
  }

  @Test
  void anAbsentBucketIsNoSuchBucket() {
    assertError(() -> peer().put("nowhere", KEY, bytes("x")), 404, "NoSuchBucket", "0015-00000101");
  }

  @Test
  void anAppendAtAnotherPositionIsAConflict() {
    peer().append("logs", KEY, 0, bytes("hello"));
    assertError(() -> peer().append("logs", KEY, 3, bytes("x")), 409, "PositionNotEqualToLength", "0026-00000016");
  }

  @Test
  void anAppendToANormalObjectIsAConflict() {
    peer().put("logs", KEY, bytes("hello"));
    assertError(() -> peer().append("logs", KEY, 5, bytes("x")), 409, "ObjectNotAppendable", "0026-00000017");
  }

  @Test
  void anotherSecretIsRefused() {
    try (Peer other = setup.connect(oss, Credentials.of("ak", "other"))) {
      assertError(() -> other.put("logs", KEY, bytes("x")), 403, "SignatureDoesNotMatch", "0002-00000040");
      assertError(() -> other.head("logs", KEY), 403, "SignatureDoesNotMatch", "0002-00000040");
    }
  }

  @Test
  void anUnknownAccessKeyIsRefused() {
    try (Peer other = setup.connect(oss, Credentials.of("other", "sk"))) {
      assertError(() -> other.put("logs", KEY, bytes("x")), 403, "InvalidAccessKeyId", "0002-00000902");
    }
  }

  @Test
  void aClockThatIsOffIsRefused() {
    oss.clockOffset(Duration.ofMinutes(16));
    assertError(() -> peer().put("logs", KEY, bytes("x")), 403, "RequestTimeTooSkewed", "0002-00000504");
  }

  @Test
  void temporaryCredentialsAreGoodUntilTheyExpire() {
    try (Peer temporary = setup.connect(oss, STS)) {
      temporary.put("logs", KEY, bytes("hello"));
      assertThat(temporary.get("logs", KEY)).isEqualTo(bytes("hello"));
      oss.tokenExpires("a+token/with=signs", Instant.now());
      assertError(() -> temporary.get("logs", KEY), 403, "SecurityTokenExpired", "0002-00000007");
    }
  }

  @Test
  void aPresignedUrlReads() throws IOException {
    peer().put("logs", KEY, bytes("hello"));
    assertThat(send("GET", peer().presignGet("logs", KEY, Duration.ofMinutes(5)))).isEqualTo("200 hello");
  }

  @Test
  void aPresignedUrlWrites() throws IOException {
    assertThat(send("PUT", peer().presignPut("logs", KEY, Duration.ofMinutes(5)))).isEqualTo("200 ");
    assertThat(oss.bytesOf("logs", KEY)).isEqualTo(bytes("sent"));
  }

  @Test
  void aPresignedUrlIsGoodForItsOwnMethodOnly() throws IOException {
    URI read = peer().presignGet("logs", KEY, Duration.ofMinutes(5));
    assertThat(send("PUT", read)).startsWith("403 ").contains("<Code>SignatureDoesNotMatch</Code>");
  }

  @Test
  void aPresignedUrlExpires() throws IOException {
    URI read = peer().presignGet("logs", KEY, Duration.ofMinutes(5));
    oss.clockOffset(Duration.ofMinutes(6));
    assertThat(send("GET", read)).startsWith("403 ").contains("<Message>Request has expired.</Message>", "<EC>0002-00000069</EC>");
  }

  @Test
  void aPresignedUrlMayBeMadeWithTemporaryCredentials() throws IOException {
    try (Peer temporary = setup.connect(oss, STS)) {
      assertThat(send("PUT", temporary.presignPut("logs", KEY, Duration.ofMinutes(5)))).isEqualTo("200 ");
    }
  }

  /** Status and body, got by a client that knows nothing of OSS, as a browser. */
  private String send(String method, URI url) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(loopback, URI.create(oss.endpoint()).getPort()));
    OkHttpClient browser = new OkHttpClient.Builder().proxy(setup.pathStyle ? Proxy.NO_PROXY : proxy).build();
    RequestBody body = method.equals("PUT") ? RequestBody.create(bytes("sent")) : null;
    try (Response response = browser.newCall(new Request.Builder().url(url.toString()).method(method, body).build()).execute()) {
      return response.code() + " " + response.body().string();
    } finally {
      browser.connectionPool().evictAll();
    }
  }
}
