package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Faults that let somebody else, or an earlier self, write to the same object. */
class OtherWritersTest extends SimulatorFixture {
  @Test
  void aSecondWriterMayComeFirst() throws IOException {
    oss.faults().next(Fault.foreignAppend(bytes("theirs")));
    Response response = client.append("k", 0, "ours");
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.header("x-oss-next-append-position")).isEqualTo("6");
    assertThat(stored("k")).isEqualTo("theirs");
    assertThat(oss.foreignBytes("logs", "k")).isEqualTo(bytes("theirs"));
    assertThat(oss.faults().happened(Fault.foreignAppend(bytes("theirs")))).isEqualTo(1);
  }

  @Test
  void aSecondWriterMayComeBetweenAnAppendAndItsProbe() throws IOException {
    oss.faults().next(Fault.applyThenDrop(), Fault.foreignAppend(bytes("theirs")));
    client.append("k", 0, "ours");
    assertThat(client.head("k").header("x-oss-next-append-position")).isEqualTo("10");
    assertThat(stored("k")).isEqualTo("ourstheirs");
  }

  @Test
  void aSecondWritersBytesMayBeAsManyAsOursButOthers() throws IOException {
    Fault sameLength = Fault.foreignAppendSameLength();
    oss.faults().next(sameLength, sameLength);
    assertThat(client.append("k", 0, "ours").header("x-oss-next-append-position")).isEqualTo("4");
    String first = stored("k");
    assertThat(first).hasSize(4).isNotEqualTo("ours");
    assertThat(client.append("k", 4, "ours").status()).isEqualTo(409);
    assertThat(stored("k")).hasSize(8).startsWith(first).isNotEqualTo(first + first);
    assertThat(oss.foreignBytes("logs", "k")).isEqualTo(bytes(stored("k")));
    assertThat(oss.faults().happened(sameLength)).isEqualTo(2);
  }

  @Test
  void aSecondWriterMayComeAfterAnAppendWhoseAnswerIsLost() throws IOException {
    Fault after = Fault.foreignAppendAfter(bytes("theirs"));
    oss.faults().next(after);
    assertThat(client.append("k", 0, "ours").status()).isZero();
    assertThat(stored("k")).isEqualTo("ourstheirs");
    assertThat(oss.faults().happened(after)).isEqualTo(1);
  }

  @Test
  void aSecondWriterCaresForAppendableObjectsOnly() throws IOException {
    Fault foreign = Fault.foreignAppend(bytes("theirs"));
    oss.faults().next(foreign, foreign, foreign, Fault.foreignAppendAfter(bytes("theirs")), foreign, Fault.foreignAppendSameLength());
    assertThat(client.head("k").status()).as("an absent object is not created by a read").isEqualTo(404);
    assertThat(client.put("k", "x").status()).isEqualTo(200);
    assertThat(client.append("k", 1, "x").body()).contains("ObjectNotAppendable");
    assertThat(client.get("k").body()).isEqualTo("x");
    assertThat(client.delete("k").status()).isEqualTo(204);
    oss.put("logs", "k", bytes("y"));
    assertThat(client.get("k").body()).as("a request without a body has no length to be equal to").isEqualTo("y");
    assertThat(oss.faults().happened()).isEmpty();
    assertThat(oss.requests()).extracting(ReceivedRequest::fault).containsOnlyNulls();
    assertThat(oss.foreignBytes("logs", "k")).isEmpty();
  }

  @Test
  void aLateDuplicateOfAnAppendFailsAtThePositionCheck() throws IOException {
    oss.faults().next(Fault.lateDuplicate());
    assertThat(client.append("k", 0, "x").status()).isEqualTo(200);
    assertThat(oss.faults().happened()).as("not delivered yet").isEmpty();
    assertThat(client.append("k", 1, "y").status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("xy");
    assertThat(oss.faults().happened(Fault.lateDuplicate())).isEqualTo(1);
    assertThat(oss.requestCount()).isEqualTo(2);
  }

  @Test
  void aLateDuplicateOfAPutOverwritesWhatCameInBetween() throws IOException {
    oss.faults().next(Fault.lateDuplicate());
    client.put("k", "old");
    oss.put("logs", "k", bytes("new"));
    assertThat(client.get("k").body()).isEqualTo("old");
  }

  @Test
  void aRequestStuckInAQueueArrivesBeforeTheRequestAfterTheNext() throws IOException {
    oss.faults().next(Fault.deliverLater());
    assertThat(client.append("k", 0, "x").status()).isZero();
    assertThat(oss.faults().happened(Fault.deliverLater())).isEqualTo(1);
    assertThat(client.head("k").status()).as("a probe sees nothing yet").isEqualTo(404);
    assertThat(client.append("k", 0, "x").status()).as("the replay meets the original").isEqualTo(409);
    assertThat(stored("k")).isEqualTo("x");
  }

  @Test
  void aReplayMayOvertakeTheOriginal() throws IOException {
    oss.faults().next(Fault.deliverLater());
    client.append("k", 0, "x");
    assertThat(client.append("k", 0, "x").status()).isEqualTo(200);
    client.head("k");
    assertThat(stored("k")).as("the original fails at the position check").isEqualTo("x");
  }

  @Test
  void heldRequestsCanBeDeliveredAtTheEndOfATest() throws IOException {
    oss.faults().next(Fault.deliverLater());
    client.append("k", 0, "x");
    oss.deliverHeldRequests();
    assertThat(stored("k")).isEqualTo("x");
    oss.deliverHeldRequests();
    assertThat(client.head("k").header("x-oss-next-append-position")).isEqualTo("1");
  }

  @Test
  void ofConcurrentAppendsAtOnePositionExactlyOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> appends = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String body = "writer" + i;
        appends.add(() -> {
          try (RawClient own = new RawClient(oss, time::wallTime)) {
            return own.append("k", 0, body).status();
          }
        });
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : threads.invokeAll(appends)) {
        statuses.add(status.get());
      }
      assertThat(statuses).containsOnlyOnce(200).contains(409).hasSize(8);
      assertThat(stored("k")).hasSize("writer0".length());
    } finally {
      threads.shutdownNow();
    }
  }
}
