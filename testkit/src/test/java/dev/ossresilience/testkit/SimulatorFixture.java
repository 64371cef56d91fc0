package dev.ossresilience.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** A simulator in virtual time and one client for it. */
abstract class SimulatorFixture {
  final VirtualTime time = new VirtualTime();
  final OssSimulator oss = OssSimulator.builder().time(time).start();
  final RawClient client = new RawClient(oss, time::wallTime);

  @AfterEach
  void closeBoth() throws IOException {
    client.close();
    oss.close();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The object's content, or "(absent)". */
  String stored(String key) {
    byte[] bytes = oss.bytesOf("logs", key);
    return bytes == null ? "(absent)" : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
