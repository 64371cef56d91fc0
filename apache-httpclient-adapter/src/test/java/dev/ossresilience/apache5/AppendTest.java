package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.Test;

/** Appends are stored exactly once, or the caller is told that it can't be known. */
class AppendTest extends OverSimulator {
  private final CloseableHttpClient exact = OssHttpClients.wrap(plain, settings().appends(AppendPolicy.exactPosition()).build());

  @Test
  void lostAnswerIsReconstructed() throws IOException {
    server.faults().next(Fault.applyThenDrop());

    Reply reply = send(append("a", 0, "hello"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("5");
    assertThat(reply.header("x-oss-resilience")).isEqualTo("recovered");
    assertThat(reply.body()).isEmpty();
    assertThat(stored("a")).isEqualTo("hello");
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void lostAnswerIsReconstructedAtAnyPosition() throws IOException {
    server.append("logs", "a", bytes("before "));
    server.faults().next(Fault.applyThenDrop());

    assertThat(send(exact, append("a", 7, "hello")).header("x-oss-next-append-position")).isEqualTo("12");
    assertThat(send(exact, append("a", 12, "!")).status()).isEqualTo(200);
    assertThat(stored("a")).isEqualTo("before hello!");
  }

  @Test
  void appendFollowsTheEndThatAnotherWriterMoved() throws IOException {
    server.append("logs", "a", bytes("theirs "));

    Reply reply = send(append("a", 0, "ours"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("11");
    assertThat(stored("a")).isEqualTo("theirs ours");
    assertThat(server.requests().get(server.requestCount() - 1).target()).isEqualTo("/logs/a?append&position=7");
  }

  @Test
  void conflictIsDeliveredWithItsErrorIfThePositionIsMeant() throws IOException {
    server.append("logs", "a", bytes("theirs "));

    Reply reply = send(exact, append("a", 0, "ours"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("7");
    assertThat(reply.body()).contains("<Code>PositionNotEqualToLength</Code>");
    assertThat(stored("a")).isEqualTo("theirs ");
  }

  @Test
  void foreignBytesOfTheSameLengthAreNotTakenForOurs() throws IOException {
    server.faults().next(Fault.foreignAppendSameLength());

    Reply reply = send(append("a", 0, "ours"));

    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("8");
    assertThat(stored("a")).hasSize(8).endsWith("ours").doesNotStartWith("ours");
  }

  @Test
  void foreignBytesOfTheSameLengthAreNotTakenForOursWhenInDoubt() throws IOException {
    server.faults().next(Fault.drop(), Fault.foreignAppendSameLength());

    Reply reply = send(exact, append("a", 0, "ours"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("PositionNotEqualToLength");
    assertThat(stored("a")).hasSize(4).isNotEqualTo("ours");
  }

  @Test
  void ourBytesAreFoundThoughAnotherWriterCameAfter() throws IOException {
    server.faults().next(Fault.foreignAppendAfter(bytes(" theirs")));

    Reply reply = send(append("a", 0, "ours"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("4");
    assertThat(stored("a")).isEqualTo("ours theirs");
  }

  @Test
  void bodyThatIsGoneIsProvenByWhatWasSeenOfIt() throws IOException {
    HttpPost request = append("a", 0, "");
    request.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), 5, null));
    server.faults().next(Fault.applyThenDrop());

    assertThat(send(request).header("x-oss-hash-crc64ecma")).isEqualTo(Crc64.format(Crc64.of(bytes("hello"))));
    assertThat(traffic()).containsExactly("POST dropped", "HEAD 200");
  }

  @Test
  void bodyThatIsGoneIsProvenWithUploadIntegritySwitchedOffToo() throws IOException {
    CloseableHttpClient careless = OssHttpClients.wrap(plain, settings().uploadIntegrity(false).build());
    HttpPost request = append("a", 0, "");
    request.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), 5, null));
    server.faults().next(Fault.applyThenDrop());

    assertThat(send(careless, request).header("x-oss-next-append-position")).isEqualTo("5");
    assertThat(traffic()).containsExactly("POST dropped", "HEAD 200");
  }

  @Test
  void bodyOfUnknownLengthIsAppendedOnceToo() throws IOException {
    HttpPost request = append("a", 0, "");
    request.setEntity(new Chunked("hello"));
    server.faults().next(Fault.applyThenDrop());

    assertThat(send(request).header("x-oss-next-append-position")).isEqualTo("5");
    assertThat(stored("a")).isEqualTo("hello");
  }

  @Test
  void largeBodiesAreComparedByReadingThemBack() throws IOException {
    String large = "0123456789abcdef".repeat(20_000);
    server.append("logs", "a", bytes("before "));
    server.faults().next(Fault.applyThenDrop());

    Reply reply = send(append("a", 7, large));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(stored("a")).isEqualTo("before " + large);
  }
}
