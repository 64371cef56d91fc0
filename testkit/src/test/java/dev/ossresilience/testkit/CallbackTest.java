package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTest extends SimulatorFixture {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final MockWebServer application = new MockWebServer();

  @BeforeEach
  void startApplication() throws IOException {
    application.start(LOOPBACK, 0);
  }

  @AfterEach
  void closeApplication() {
    application.close();
  }

  @Test
  void theApplicationIsToldAndItsAnswerIsTheAnswer() throws Exception {
    application.enqueue(new MockResponse.Builder().body("{\"Status\":\"OK\"}").build());
    String body = "o=${object}&b=${bucket}&s=${size}&m=${mimeType}&e=${etag}&v=${x:mine}&none=${nothing}";
    String json = "{\"callbackUrl\":\"" + url() + "\",\"callbackBody\":\"" + body + "\"}";
    Map<String, String> headers =
        Map.of("x-oss-callback", base64(json), "x-oss-callback-var", base64("{\"x:mine\":\"a&b\"}"), "content-type", "text/a");
    Response put = client.send("PUT", "dir/k", "", headers, "hello");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.body()).isEqualTo("{\"Status\":\"OK\"}");
    assertThat(put.headers()).containsEntry("Content-Type", "application/json").containsKeys("ETag", "x-oss-hash-crc64ecma");
    RecordedRequest told = application.takeRequest();
    assertThat(told.getMethod()).isEqualTo("POST");
    assertThat(told.getHeaders().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(Objects.requireNonNull(told.getBody()).utf8())
        .isEqualTo("o=dir%2Fk&b=logs&s=5&m=text%2Fa&e=5D41402ABC4B2A76B9719D911017C592&v=a%26b&none=");
  }

  @Test
  void aJsonBodyHasItsTextInQuotes() throws Exception {
    application.enqueue(new MockResponse.Builder().body("{}").build());
    String body = "{\\\"o\\\":${object},\\\"s\\\":${size}}";
    callback("{\"callbackUrl\":\"" + url() + "\",\"callbackBody\":\"" + body + "\",\"callbackBodyType\":\"application/json\"}");
    assertThat(Objects.requireNonNull(application.takeRequest().getBody()).utf8()).isEqualTo("{\"o\":\"k\",\"s\":5}");
  }

  @Test
  void theCompletionOfAnUploadIsToldToo() throws Exception {
    application.enqueue(new MockResponse.Builder().body("{}").build());
    String id = client.send("POST", "k", "uploads", Map.of(), null).texts("UploadId").get(0);
    client.send("PUT", "k", "partNumber=1&uploadId=" + id, Map.of(), "hello");
    String json = "{\"callbackUrl\":\"" + url() + "\",\"callbackBody\":\"${object} ${size} ${etag}\"}";
    Map<String, String> headers = Map.of("x-oss-complete-all", "yes", "x-oss-callback", base64(json));
    Response complete = client.send("POST", "k", "uploadId=" + id, headers, "");
    assertThat(complete.body()).as("in place of the result").isEqualTo("{}");
    String etag = complete.header("etag").replace("\"", "");
    assertThat(etag).endsWith("-1");
    assertThat(Objects.requireNonNull(application.takeRequest().getBody()).utf8()).isEqualTo("k 5 " + etag);
  }

  @Test
  void theApplicationMayReadTheObjectBeforeItAnswers() throws IOException {
    application.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder().body("\"" + stored("k") + "\"").build();
      }
    });
    assertThat(callback(to(url())).body()).isEqualTo("\"hello\"");
  }

  @Test
  void anErrorOfTheApplicationLeavesTheObjectStored() throws IOException {
    application.enqueue(new MockResponse.Builder().code(301).addHeader("Location", url()).build());
    Response put = callback(to(url()));
    assertThat(put.status()).isEqualTo(203);
    assertThat(put.headers())
        .containsEntry("ETag", "\"5D41402ABC4B2A76B9719D911017C592\"")
        .containsEntry("x-oss-ec", "0007-00000203")
        .containsKeys("x-oss-hash-crc64ecma", "Content-MD5");
    assertThat(put.body()).contains("<Code>CallbackFailed</Code>", "<Message>Error status : 301.</Message>", "<EC>0007-00000203</EC>");
    assertThat(stored("k")).isEqualTo("hello");
    assertThat(application.getRequestCount()).as("redirects are not followed").isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNotJsonIsAFailure() throws IOException {
    application.enqueue(new MockResponse.Builder().body("OK").build());
    assertThat(callback(to(url())).body()).contains("<Message>Response body is not valid json format.</Message>");
  }

  @Test
  void anApplicationThatIsNotThereIsAFailure() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      unused = socket.getLocalPort();
    }
    assertThat(callback(to("http://127.0.0.1:" + unused + "/")).body()).contains("can not connect to your callbackUrl");
  }

  @Test
  void theNextUrlIsTriedIfOneFails() throws IOException {
    application.enqueue(new MockResponse.Builder().code(500).build());
    application.enqueue(new MockResponse.Builder().body("{}").build());
    assertThat(callback(to(url() + ";" + url())).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "http://192.0.2.1/",
    "http://example.com/",
    "http://127.0.0.1.example.com/",
    "http://127.0.0.1@192.0.2.1/",
    "ftp://127.0.0.1/"
  })
  void nothingButThisMachineIsEverCalled(String url) throws IOException {
    Response put = callback(to(url));
    assertThat(put.status()).isEqualTo(203);
    assertThat(put.body()).contains("can not connect to your callbackUrl");
    assertThat(stored("k")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"callbackUrl\":\"http://127.0.0.1/\"}", "{\"callbackBody\":\"x\"}", "{\"callbackUrl\":{}}"})
  void aMalformedCallbackIsRefusedBeforeAnythingIsStored(String json) throws IOException {
    Response put = client.send("PUT", "k", "", Map.of("x-oss-callback", json.isEmpty() ? "%%" : base64(json)), "hello");
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.body()).contains("<Code>InvalidArgument</Code>");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void aFailedPutIsNotTold() throws IOException {
    client.put("k", "old");
    Map<String, String> headers = Map.of("x-oss-callback", base64(to(url())), "x-oss-forbid-overwrite", "true");
    assertThat(client.send("PUT", "k", "", headers, "hello").status()).isEqualTo(409);
    assertThat(application.getRequestCount()).isZero();
  }

  private Response callback(String json) throws IOException {
    return client.send("PUT", "k", "", Map.of("x-oss-callback", base64(json)), "hello");
  }

  private String url() {
    return "http://127.0.0.1:" + application.getPort() + "/told";
  }

  private static String to(String url) {
    return "{\"callbackUrl\":\"" + url + "\",\"callbackBody\":\"x\"}";
  }

  private static String base64(String json) {
    return ByteString.encodeUtf8(json).base64();
  }
}
