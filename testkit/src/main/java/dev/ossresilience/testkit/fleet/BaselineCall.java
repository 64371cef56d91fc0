package dev.ossresilience.testkit.fleet;

import java.util.SplittableRandom;

/** A call that a {@link Baseline} decides about. */
final class BaselineCall extends Call {
  private final Baseline baseline;
  private final SplittableRandom random;

  BaselineCall(int client, Traffic traffic, Network network, Baseline baseline, SplittableRandom random) {
    super(client, traffic, network);
    this.baseline = baseline;
    this.random = random;
  }

  @Override
  void start() {
    long wait = baseline.pace(now());
    if (wait == 0) {
      send();
    } else if (wait > 0) {
      after(wait, this::send);
    } else {
      end(false);
    }
  }

  @Override
  void answered(Answer answer) {
    if (answer.isSuccessful()) {
      baseline.succeeded(attempts(), now());
      end(true);
    } else if (answer.isUnavailable()) {
      failed(Baseline.Failure.UNAVAILABLE);
    } else {
      failed(answer.status() == 429 ? Baseline.Failure.TOO_MANY_REQUESTS : Baseline.Failure.THROTTLED);
    }
  }

  @Override
  void timedOut() {
    failed(Baseline.Failure.TIMED_OUT);
  }

  private void failed(Baseline.Failure failure) {
    long wait = baseline.afterFailure(attempts(), failure, now(), random);
    if (wait < 0) {
      end(false);
    } else {
      after(wait, this::start);
    }
  }
}
