package dev.ossresilience.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OssSimulatorExtensionTest {
  @RegisterExtension final OssSimulatorExtension oss = OssSimulatorExtension.create();

  private void put(OssSimulatorExtension server, String key) throws IOException {
    try (RawClient client = new RawClient(server.server(), Instant::now)) {
      client.put(key, "x");
    }
  }

  @Test
  void tellsWhatTheServerSaw() throws IOException {
    oss.faults().next(Fault.internalError(), Fault.drop());
    put(oss, "a");
    put(oss, "a");
    put(oss, "a");
    oss.assertTraffic("PUT /logs/a 500", "PUT /logs/a dropped", "PUT /logs/a 200");
    oss.assertAllFaultsHappened();
    oss.assertStored("logs", "a", "x".getBytes(UTF_8));
    oss.assertStored("logs", "b", null);
  }

  @Test
  void failsWhenTheServerSawSomethingElse() throws IOException {
    oss.faults().next(Fault.none(), Fault.drop());
    put(oss, "a");
    assertThatThrownBy(() -> oss.assertTraffic("PUT /logs/a 500")).isInstanceOf(AssertionError.class).hasMessageContaining("PUT /logs/a 200");
    assertThatThrownBy(oss::assertAllFaultsHappened).isInstanceOf(AssertionError.class).hasMessageContaining("1 scripted faults");
    assertThatThrownBy(() -> oss.assertStored("logs", "a", null)).isInstanceOf(AssertionError.class).hasMessageContaining("1 bytes, expected absent");
  }

  @RepeatedTest(2)
  void anInstanceFieldGivesEachTestAServerOfItsOwn() throws IOException {
    oss.assertStored("logs", "a", null);
    put(oss, "a");
    assertThat(oss.traffic()).containsExactly("PUT /logs/a 200");
  }

  @Test
  void isNoUseOutsideOfATest() {
    assertThatThrownBy(() -> OssSimulatorExtension.create().endpoint()).isInstanceOf(IllegalStateException.class).hasMessageContaining("@RegisterExtension");
  }

  @Nested
  class InAStaticField {
    @RegisterExtension static final OssSimulatorExtension SHARED = OssSimulatorExtension.create();

    /** Whichever of the two comes second finds the first one's object, but none of its faults and requests. */
    @RepeatedTest(2)
    void allTestsShareOneServer() throws IOException {
      assertThat(SHARED.traffic()).isEmpty();
      put(SHARED, "a");
      SHARED.assertTraffic("PUT /logs/a 200");
      SHARED.assertStored("logs", "a", "x".getBytes(UTF_8));
      SHARED.faults().next(Fault.drop());
    }
  }
}
