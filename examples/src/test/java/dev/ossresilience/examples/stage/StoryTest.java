package dev.ossresilience.examples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.operation.Operations;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.Event.Kind;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoryTest {
  @Test
  void aCallThatWentWellIsOneLineWithoutAPicture() {
    assertThat(story(Outcome.SUCCESS, event(Kind.ATTEMPT, "200", null))).isEqualTo("  - sent: answered with 200\n");
  }

  @Test
  void aWaitIsToldWithWhatCameAfterIt() {
    String story =
        story(Outcome.SUCCESS, event(Kind.ATTEMPT, "EOFException", null), event(Kind.WAIT, "", Reason.TRANSPORT_FAILURE), event(Kind.WAIT, "", Reason.PACED), event(Kind.ATTEMPT, "200", Reason.TRANSPORT_FAILURE));
    assertThat(story)
        .startsWith("  - sent: no answer (EOFException)\n  - the connection had broken; sent again 80 ms later: answered with 200\n  PutObject of logs/a -> SUCCESS")
        .contains("<transport_failure>");
  }

  @Test
  void aCallThatHadToWaitForItsTurnSaysSo() {
    assertThat(story(Outcome.SUCCESS, event(Kind.WAIT, "", Reason.PACED), event(Kind.ATTEMPT, "200", null))).startsWith("  - OSS allows so much at a time; sent 40 ms later: answered with 200\n");
  }

  @Test
  void aProofEndsItWithAConclusion() {
    Event sent = event(Kind.ATTEMPT, "EOFException", null);
    Event looked = event(Kind.PROBE, "200", Reason.APPEND_IN_DOUBT);
    assertThat(story(Outcome.SUCCESS, sent, looked)).contains("looked at what is there at once: answered with 200\n  - so it had been done already");
    assertThat(story(Outcome.AMBIGUOUS, sent, looked)).doesNotContain("already");
  }

  @Test
  void whoGivesUpSaysWhy() {
    assertThat(story(Outcome.ERROR_RESPONSE, event(Kind.ATTEMPT, "500 InternalError", null), event(Kind.STOP, "", Reason.BUDGET_EXHAUSTED)))
        .contains("  - all calls together had repeated enough; gave up\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonHasWords(Reason reason) {
    assertThat(story(Outcome.SUCCESS, event(Kind.ATTEMPT, "500", null), event(Kind.ATTEMPT, "200", reason)).lines().toList().get(1)).matches("  - [a-zA-Z0-9' ;]+ sent again at once: answered with 200");
  }

  private static Event event(Kind kind, String result, @Nullable Reason reason) {
    return new Event(kind, Duration.ZERO, Duration.ofMillis(40), result, null, reason);
  }

  private static String story(Outcome outcome, Event... events) {
    return Story.of(new ExchangeReport("PutObject", Operations.unknown(), "logs", "a", outcome, false, List.of(events), Duration.ofMinutes(-61)));
  }
}
