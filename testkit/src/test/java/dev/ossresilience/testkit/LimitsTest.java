package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits that count, in virtual time to the nanosecond. */
class LimitsTest {
  private final VirtualTime time = new VirtualTime();
  private Limits.Builder limits = Limits.builder();
  private OssSimulator oss = OssSimulator.builder().start();
  private RawClient client = new RawClient(oss, time::wallTime);

  @BeforeEach
  @AfterEach
  void close() throws IOException {
    client.close();
    oss.close();
  }

  private void start() {
    oss = OssSimulator.builder().time(time).limits(limits.build()).start();
    client = new RawClient(oss, time::wallTime);
  }

  @Test
  void requestsBeyondTheLimitAreRefusedUntilTimeHasPassed() throws IOException {
    limits.requestsPerSecond(3);
    start();
    for (int i = 0; i < 3; i++) {
      assertThat(client.append("k", i, "x").status()).isEqualTo(200);
    }
    Response refused = client.append("k", 3, "x");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("<Code>TotalQpsLimitExceeded</Code>");
    assertThat(oss.bytesOf("logs", "k")).as("not applied").hasSize(3);
    time.advance(Duration.ofNanos(333_333_331));
    assertThat(client.append("k", 3, "x").status()).isEqualTo(503);
    time.advance(Duration.ofNanos(1)); // a third of a second, rounded down
    assertThat(client.append("k", 3, "x").status()).isEqualTo(200);
    assertThat(client.append("k", 4, "x").status()).isEqualTo(503);
    time.advance(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("k").status()).as("never more than a second's worth").isEqualTo(200);
    }
    assertThat(client.get("k").status()).isEqualTo(503);
    assertThat(oss.limitsStruck()).containsExactly(Map.entry("TotalQpsLimitExceeded", 4));
    assertThat(oss.faults().happened()).isEmpty();
  }

  @Test
  void theNewerAnswerIs429() throws IOException {
    limits.requestsPerSecondOr429(1);
    start();
    client.delete("k");
    Response refused = client.delete("k");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("<Code>QpsLimitExceeded</Code>");
  }

  @Test
  void requestsToBucketsHaveALimitOfTheirOwn() throws IOException {
    limits.metaRequestsPerSecond(1);
    start();
    assertThat(client.send("GET", "", "", Map.of(), null).status()).isNotEqualTo(503);
    assertThat(client.send("GET", "", "", Map.of(), null).body()).contains("<Code>MetaOperationQpsLimitExceeded</Code>");
    assertThat(client.put("k", "x").status()).as("objects aren't held up").isEqualTo(200);
  }

  @Test
  void aPartitionIsABucketAndAPrefix() throws IOException {
    limits.partitionRequestsPerSecond("logs", "hot/", 1).partitionRequestsPerSecond("other", "", 1);
    start();
    assertThat(client.put("hot/1", "x").status()).isEqualTo(200);
    assertThat(client.put("hot/2", "x").body()).contains("<Code>PartitionQpsLimitted</Code>");
    assertThat(client.put("cold", "x").status()).isEqualTo(200);
    assertThat(client.put("cold", "x").status()).isEqualTo(200);
  }

  @Test
  void aRequestThatOneLimitRefusesIsNotChargedToAnother() throws IOException {
    limits.partitionRequestsPerSecond("logs", "hot/", 1).requestsPerSecond(2);
    start();
    assertThat(client.put("hot/1", "x").status()).isEqualTo(200);
    assertThat(client.put("hot/2", "x").status()).isEqualTo(503);
    assertThat(client.put("cold", "x").status()).isEqualTo(200);
    assertThat(client.put("cold", "x").body()).contains("<Code>TotalQpsLimitExceeded</Code>");
  }

  @Test
  void tooManyBytesAreRefusedInEitherDirection() throws IOException {
    limits.uploadBytesPerSecond(100).downloadBytesPerSecond(50);
    start();
    assertThat(client.put("k", "x".repeat(60)).status()).isEqualTo(200);
    assertThat(client.put("k", "y".repeat(41)).body()).contains("<Code>UploadTrafficRateLimitExceeded</Code>");
    assertThat(client.put("k2", "y".repeat(40)).status()).isEqualTo(200);
    assertThat(client.get("k2").status()).isEqualTo(200);
    assertThat(client.get("k2").body()).contains("<Code>DownloadTrafficRateLimitExceeded</Code>");
    assertThat(client.head("k2").status()).as("has no bytes").isEqualTo(200);
    time.advance(Duration.ofSeconds(1));
    assertThat(client.get("k").status()).as("more than a second's worth passes a full bucket").isEqualTo(200);
    time.advance(Duration.ofMillis(300));
    assertThat(client.get("k2").status()).as("and is paid for later").isEqualTo(503);
    assertThat(oss.limitsStruck())
        .containsOnly(Map.entry("UploadTrafficRateLimitExceeded", 1), Map.entry("DownloadTrafficRateLimitExceeded", 2));
  }

  @Test
  void slowingAnnouncesTheDelayAndWaitsOnTheWaiter() throws IOException {
    limits.uploadBytesPerSecond(1000).downloadBytesPerSecond(500).slowing();
    OssSimulator slow = OssSimulator.builder().time(time, time).limits(limits.build()).start();
    try (RawClient own = new RawClient(slow, time::wallTime)) {
      assertThat(own.put("k", "x".repeat(1000)).headers()).doesNotContainKey("x-oss-qos-delay-time");
      long before = time.nanoTime();
      assertThat(own.put("k", "x".repeat(250)).header("x-oss-qos-delay-time")).isEqualTo("250");
      assertThat(Duration.ofNanos(time.nanoTime() - before)).isEqualTo(Duration.ofMillis(250));
      assertThat(own.get("k").headers()).doesNotContainKey("x-oss-qos-delay-time");
      assertThat(own.put("k", "x").header("x-oss-qos-delay-time")).isEqualTo("1");
      assertThat(slow.limitsStruck()).containsExactly(Map.entry("slowed", 2));
    } finally {
      slow.close();
    }
  }

  @Test
  void withoutAWaiterADelayIsOnlyAnnounced() throws IOException {
    limits.uploadBytesPerSecond(1).slowing();
    start();
    assertThat(client.put("k", "x".repeat(3601)).header("x-oss-qos-delay-time")).isEqualTo("3600000");
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void requestsInWorkAreCountedWhileTheyStall() throws IOException {
    limits.activeRequests(1);
    start();
    RawClient stalled = new RawClient(oss, time::wallTime);
    oss.faults().next(Fault.stall());
    stalled.sendOnly("DELETE /logs/k HTTP/1.1\r\nHost: x\r\n\r\n");
    while (oss.requestCount() == 0) {
      Thread.onSpinWait(); // the server reads on its own thread
    }
    assertThat(client.delete("k").body()).contains("<Code>ActiveRequestLimitExceeded</Code>");
    stalled.close();
    Response free = client.delete("k");
    while (free.status() == 503) {
      free = client.delete("k"); // until the server has noticed
    }
    assertThat(free.status()).isEqualTo(204);
  }

  @Test
  void aLimitMustBePositive() {
    assertThatThrownBy(() -> limits.requestsPerSecond(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits.uploadBytesPerSecond(-1)).hasMessageContaining("-1");
  }
}
