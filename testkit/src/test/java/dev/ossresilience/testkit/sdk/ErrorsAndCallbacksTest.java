package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setup.class)
class ErrorsAndCallbacksTest extends SdkFixture {
  @Test
  void anErrorIsUnderstoodInFull() {
    Peer.ServiceError error = assertError(() -> peer().get("logs", KEY), 404, "NoSuchKey", "0026-00000001");
    assertThat(error.text).isEqualTo("The specified key does not exist.");
    assertThat(error.hostId).isEqualTo(setup.pathStyle ? "127.0.0.1" : "logs.oss-cn-hangzhou.aliyuncs.com");
  }

  @Test
  void soIsOneOfAHead() {
    Peer.ServiceError error = assertError(() -> peer().head("logs", KEY), 404, "NoSuchKey", "0026-00000001");
    assertThat(error.text).isEqualTo("The specified key does not exist.");
    assertThat(error.hostId).isEqualTo(setup.pathStyle ? "127.0.0.1" : "logs.oss-cn-hangzhou.aliyuncs.com");
  }

  @Test
  void throttlingIsUnderstood() {
    oss.faults().next(Fault.throttled("TotalQpsLimitExceeded"), Fault.throttled("TotalQpsLimitExceeded"));
    assertError(() -> peer().put("logs", KEY, bytes("x")), 503, "TotalQpsLimitExceeded", "0004-00000302");
    assertError(() -> peer().head("logs", KEY), 503, "TotalQpsLimitExceeded", "0004-00000302");
  }

  @Test
  void anAppendIsContinuedWithItsChecksum() {
    String all = "";
    for (String more : new String[] {"hello", " ", "world"}) {
      Peer.Facts appended = peer().append("logs", KEY, all.length(), bytes(more), all.isEmpty() ? "0" : crc(all));
      all += more;
      assertThat(appended.crc64()).isEqualTo(crc(all));
    }
    assertThat(oss.bytesOf("logs", KEY)).isEqualTo(bytes("hello world"));
  }

  @Test
  void theApplicationAnswersInPlaceOfOss() throws IOException, InterruptedException {
    try (MockWebServer application = new MockWebServer()) {
      application.start(InetAddress.getLoopbackAddress(), 0);
      application.enqueue(new MockResponse.Builder().body("{\"Status\":\"OK\"}").build());
      String url = "http://127.0.0.1:" + application.getPort() + "/told";
      assertThat(peer().objects().putWithCallback("logs", KEY, bytes("hello"), url, "s=${size}")).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(application.takeRequest().getBody().utf8()).isEqualTo("s=5");
    }
  }

  @Test
  void theObjectIsStoredThoughTheApplicationIsNotThere() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + unused + "/";
    if (setup.sdk == 1) {
      assertError(() -> peer().objects().putWithCallback("logs", KEY, bytes("hello"), url, "x"), 203, "CallbackFailed", "0007-00000203");
    } else { // Java v2 takes every 2xx for a success, and this for the application's answer
      String answer = peer().objects().putWithCallback("logs", KEY, bytes("hello"), url, "x");
      assertThat(answer).contains("<Code>CallbackFailed</Code>");
    }
    assertThat(oss.bytesOf("logs", KEY)).isEqualTo(bytes("hello"));
  }
}
