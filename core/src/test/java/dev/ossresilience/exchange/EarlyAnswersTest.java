package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.report.ExchangeReport.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Answers to a request whose body hadn't gone out when they came. */
class EarlyAnswersTest {
  private final Scene scene = Scene.signing();

  private Exchange begun(Request request, BodyProgress went) {
    Exchange call = scene.call(request);
    call.begin();
    call.bodyWent(went);
    return call;
  }

  private static Request put() {
    return Request.of("PUT", null, 5);
  }

  @Test
  void aSuccessBeforeTheBodyWasThereIsNotBelieved() {
    assertThat(answer(begun(put(), BodyProgress.PART), Reply.of(200))).isInstanceOf(Step.Pause.class);
    assertThat(answer(begun(put(), BodyProgress.UNTOUCHED), Reply.of(200))).isInstanceOf(Step.Pause.class);
    assertThat(answer(begun(put(), BodyProgress.WHOLE), Reply.of(200))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void anAppendThatIsSaidToBeStoredTooEarlyIsInDoubt() {
    Exchange call = begun(Request.append(), BodyProgress.PART);
    assertThat(answer(call, Reply.appended())).isInstanceOf(Step.Pause.class);
    call.cancelled(new IOException("given up"));
    assertThat(call.report().outcome()).isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void whatHadNoBodyYetHasNotTakenEffectWhateverTheErrorLeavesOpen() {
    Exchange call = begun(Request.append(), BodyProgress.UNTOUCHED);
    assertThat(answer(call, Reply.error(500, "InternalError", ""))).isInstanceOf(Step.Pause.class);
    call.cancelled(new IOException("given up"));
    assertThat(call.report().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void aRequestWithoutABodyHasNothingToWaitFor() {
    assertThat(answer(begun(Request.of("PUT", null, 0), BodyProgress.PART), Reply.of(200))).isInstanceOf(Step.Deliver.class);
  }
}
