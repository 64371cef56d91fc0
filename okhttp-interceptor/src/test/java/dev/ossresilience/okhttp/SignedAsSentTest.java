package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OkHttp makes of a request after it was signed is what was signed: the simulator checks the signature of what arrives. */
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
  private final OkHttpClient plain = OnOkHttp.client().build();

  @AfterEach
  void stop() {
    plain.connectionPool().evictAll();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyReachesItsObjectWhoeverEncodesIt(Way way) throws IOException {
    OkHttpClient client = client(way);
    for (String key : Awkward.texts()) {
      List<HttpUrl> spellings =
          List.of(
              HttpUrl.get(OssEndpoint.of(server.endpoint()).urlOf("logs", key)),
              HttpUrl.get(server.endpoint()).newBuilder().addPathSegment("logs").addPathSegments(key.replace('\\', '/')).build(),
              HttpUrl.get(server.endpoint()).newBuilder().addPathSegment("logs").addPathSegment(key).build());
      assertStoresReadsAndDeletes(client, key, spellings.get(0));
      assertStoresReadsAndDeletes(client, key.replace('\\', '/'), spellings.get(1)); // OkHttp itself takes one for the other there
      assertStoresReadsAndDeletes(client, key, spellings.get(2));
    }
  }

  private void assertStoresReadsAndDeletes(OkHttpClient client, String key, HttpUrl url) throws IOException {
    Request.Builder request = new Request.Builder().url(url);
    try (Response put = client.newCall(request.put(RequestBody.create(BYTES, MediaType.get("text/plain"))).build()).execute()) {
      assertThat(put.code()).as(() -> "PUT " + url + " " + body(put)).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", key)).as("the object " + key + " by " + url).isEqualTo(BYTES);
    try (Response get = client.newCall(request.get().build()).execute()) {
      assertThat(get.body().bytes()).as("GET " + url).isEqualTo(BYTES);
    }
    try (Response head = client.newCall(request.head().build()).execute()) {
      assertThat(head.code()).as("HEAD " + url).isEqualTo(200);
    }
    try (Response delete = client.newCall(request.delete().build()).execute()) {
      assertThat(delete.code()).as("DELETE " + url).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyParametersValueArrives(Way way) throws IOException {
    OkHttpClient client = client(way);
    server.put("logs", "data", BYTES);
    for (String value : Awkward.texts()) {
      HttpUrl.Builder url = HttpUrl.get(server.endpoint() + "/logs/data").newBuilder();
      url.addQueryParameter("response-content-encoding", value.strip() + ".").addQueryParameter("response-content-language", "");
      assertAccepted(client, new Request.Builder().url(url.build()).build());
      HttpUrl list = HttpUrl.get(server.endpoint() + "/logs/").newBuilder().addQueryParameter("prefix", value).build();
      assertAccepted(client, new Request.Builder().url(list).build());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodiesOfEveryKindAreAccepted(Way way) throws IOException {
    OkHttpClient client = client(way);
    for (byte[] bytes : List.of(new byte[0], BYTES)) {
      for (MediaType type : new MediaType[] {null, MediaType.get("text/plain"), MediaType.get("Text/Plain; Charset=\"UTF-8\"")}) {
        for (RequestBody body : List.of(RequestBody.create(bytes, type), chunked(bytes, type, false), chunked(bytes, type, true))) {
          for (String contentType : new String[] {null, "application/x-of-the-header", "  blanks/around  "}) {
            Request.Builder request = url("body").put(body);
            if (contentType != null) {
              request.header("Content-Type", contentType);
            }
            assertAccepted(client, request.build());
            assertThat(server.bytesOf("logs", "body")).isEqualTo(bytes);
          }
        }
        server.delete("logs", "app.log");
        assertAccepted(client, new Request.Builder().url(server.endpoint() + "/logs/app.log?append&position=0").post(chunked(bytes, type, true)).build());
        assertThat(server.bytesOf("logs", "app.log")).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void headersOfOddCaseAndBlanksAreAccepted(Way way) throws IOException {
    OkHttpClient client = client(way);
    Headers headers =
        new Headers.Builder()
            .add("X-OSS-Meta-UPPER", "Value")
            .add("x-oss-meta-blanks", "  two  inside  ")
            .add("X-Oss-Meta-Empty", "")
            .add("x-oss-meta-twice", "first")
            .add("X-Oss-Meta-Twice", "second")
            .addUnsafeNonAscii("x-oss-meta-name", "日志 ü")
            .add("CACHE-control", " no-cache ")
            .build();
    assertAccepted(client, url("headers").headers(headers).put(RequestBody.create(BYTES, null)).build());
    try (Response head = client.newCall(url("headers").head().build()).execute()) {
      assertThat(head.header("x-oss-meta-name")).isEqualTo("日志 ü");
      assertThat(head.header("x-oss-meta-twice")).isEqualTo("first,second");
      assertThat(head.header("x-oss-meta-upper")).isEqualTo("Value");
    }
    for (String method : List.of("GET", "HEAD", "DELETE")) {
      Request request = url("headers").headers(headers).header("content-TYPE", " Text/Plain ").method(method, null).build();
      assertAccepted(client, request);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysReachTheirObjectsInVirtualHostedUrls(Way way) throws IOException {
    String endpoint = server.endpoint().replace("127.0.0.1", "oss-cn-hangzhou.aliyuncs.com");
    OkHttpClient loopback = plain.newBuilder().dns(host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}))).build();
    OssResilience oss = OssResilience.builder().endpoint(OssEndpoint.of(endpoint)).signer(way.signer()).build();
    OkHttpClient client = loopback.newBuilder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    for (String key : Awkward.texts()) {
      assertStoresReadsAndDeletes(client, key, HttpUrl.get(OssEndpoint.of(endpoint).urlOf("logs", key)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "V4_MORE_HEADERS", mode = EnumSource.Mode.EXCLUDE)
  void presignedUrlsWorkForWhoeverHasThem(Way way) throws IOException {
    OssResilience oss = resilience(way);
    for (OkHttpClient client : List.of(plain, client(way))) {
      for (String key : Awkward.texts()) {
        Request put = new Request.Builder().url(oss.presign("PUT", "logs", key, Duration.ofMinutes(5))).put(RequestBody.create(BYTES, null)).build();
        assertAccepted(client, put);
        assertThat(server.bytesOf("logs", key)).as(key).isEqualTo(BYTES);
        assertAccepted(client, new Request.Builder().url(oss.presign("GET", "logs", key, Duration.ofMinutes(5))).build());
        server.delete("logs", key);
      }
    }
  }

  private OssResilience resilience(Way way) {
    return OssResilience.builder().endpoint(OssEndpoint.of(server.endpoint())).signer(way.signer()).build();
  }

  private OkHttpClient client(Way way) {
    return plain.newBuilder().addInterceptor(OssRetryInterceptor.of(resilience(way))).build();
  }

  private Request.Builder url(String key) {
    return new Request.Builder().url(server.endpoint() + "/logs/" + key);
  }

  private static void assertAccepted(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).as(() -> request + " " + body(response)).isIn(200, 204);
    }
  }

  private static String body(Response response) {
    try {
      return response.peekBody(4096).string();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A body of unknown length. */
  private static RequestBody chunked(byte[] bytes, @Nullable MediaType type, boolean oneShot) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return type;
      }

      @Override
      public boolean isOneShot() {
        return oneShot;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
      }
    };
  }
}
