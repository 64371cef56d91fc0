package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Paces what is sent to one endpoint, one scope of its limits independent of the other. Does nothing but count until OSS first refuses
 * something because of a limit, or says of a success that it was held back. Thread-safe.
 */
final class Pacing {
  private static final ThrottleScope[] KINDS = ThrottleScope.values();

  /** Some failures are bad luck; a server that can't keep up fails most of what it gets. */
  private static final double TOO_MANY_FAILURES = 0.3;

  private final Failures failures = new Failures();

  /** Nothing to wait for. */
  static final Turn NOW = new Turn();

  private final Latency[] latencies = {new Latency(), new Latency(), new Latency()};
  private final Meter upload;
  private final Meter download;
  private final Meter meta;
  private final Meter total;
  private final Pacers pacers;
  private final long begunNanos;

  Pacing(long nowNanos) {
    begunNanos = nowNanos;
    pacers = new Pacers(nowNanos);
    upload = new Meter(seconds(nowNanos));
    download = new Meter(seconds(nowNanos));
    meta = new Meter(seconds(nowNanos));
    total = new Meter(seconds(nowNanos));
  }

  static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /**
   * Takes the next place in all scopes that count {@code traffic}.
   *
   * @return null if the wait would be longer than {@code atMost} at the present pace
   */
  @Nullable Turn take(Traffic traffic, long nowNanos, Duration atMost) {
    if (pacers.isEmpty()) {
      return NOW;
    }
    pacers.sweep(nowNanos);
    Turn turn = new Turn();
    for (ThrottleScope kind : KINDS) {
      Pacer pacer = pacers.of(kind, traffic);
      if (pacer == null) {
        continue;
      }
      double amount = (double) traffic.amount(kind);
      double place = pacer.take(seconds(nowNanos), amount, seconds(atMost.toNanos()));
      if (place < 0) {
        turn.giveUp(nowNanos); // what one limit keeps from being sent is nothing to the others
        return null;
      }
      turn.add(pacer, place, amount);
    }
    return turn;
  }

  private Latency latency(ThrottleScope kind) {
    return latencies[kind == ThrottleScope.UPLOAD ? 0 : kind == ThrottleScope.DOWNLOAD ? 1 : 2];
  }

  /** Something goes out for the first time. */
  void sent(Traffic traffic, long nowNanos) {
    meter(traffic.kind()).sent(seconds(nowNanos), traffic.amount(traffic.kind()));
    meter(ThrottleScope.TOTAL).sent(seconds(nowNanos), 1);
  }

  private Meter meter(ThrottleScope limit) {
    return switch (limit) {
      case UPLOAD -> upload;
      case DOWNLOAD -> download;
      case META -> meta;
      case TOTAL, CONCURRENCY, PARTITION, IMAGE -> total; // no less than what went into the scope
    };
  }

  /** What was sent at {@code sentNanos} was refused, or held back, because of a limit; null if it wasn't said of which. */
  void refused(Traffic traffic, @Nullable ThrottleScope named, long sentNanos, long nowNanos) {
    ThrottleScope limit = named != null ? named : traffic.kind() == ThrottleScope.META ? ThrottleScope.META : ThrottleScope.TOTAL;
    if (!traffic.countsIn(limit)) {
      return; // the catalogue and the table of operations see it differently: nothing that would be paced for it
    }
    Pacer pacer = pacers.of(limit, traffic, () -> begin(limit, nowNanos), nowNanos);
    if (pacer != null) {
      pacer.refused(seconds(nowNanos), seconds(sentNanos), named != null);
    }
  }

  private Pacer begin(ThrottleScope limit, long nowNanos) {
    double now = seconds(nowNanos);
    return new Pacer(now, meter(limit).perSecond(now), seconds(nowNanos - begunNanos), Traffic.unit(limit));
  }

  /** What was sent had no answer, or one that says that the server is broken: when much of it has, there is too much of it. */
  void failed(Traffic traffic, long sentNanos, long nowNanos) {
    if (failures.failed() > TOO_MANY_FAILURES) {
      refused(traffic, null, sentNanos, nowNanos);
    }
  }

  /**
   * What was sent was not refused.
   *
   * @param received how many bytes come back, 0 if that isn't known
   */
  void accepted(Traffic traffic, long received, long sentNanos, long nowNanos) {
    boolean bytesCame = traffic.kind() == ThrottleScope.DOWNLOAD && received > 0;
    if (bytesCame) {
      download.sent(seconds(nowNanos), received);
    }
    failures.succeeded();
    double took = seconds(nowNanos - sentNanos);
    Latency latency = latency(traffic.kind());
    if (pacers.isEmpty()) {
      latency.usual(seconds(nowNanos), took);
      return;
    }
    boolean slow = latency.isUnusual(took);
    for (ThrottleScope kind : KINDS) {
      Pacer pacer = pacers.of(kind, traffic);
      if (pacer != null) {
        pacer.accepted(seconds(nowNanos), kind == ThrottleScope.DOWNLOAD && bytesCame ? (double) received : 0, slow);
      }
    }
  }

  /** Which scopes are paced now. */
  Pacers pacers() {
    return pacers;
  }

  /** The share of what failed lately among what was answered or should have been. */
  private static final class Failures {
    /** Of each outcome in the average: about the last twenty count. */
    private static final double WEIGHT = 0.05;

    /** Less makes no difference; so that successes have nothing to write while nothing fails. */
    private static final double NEGLIGIBLE = 0.001;

    private volatile double share;

    synchronized double failed() {
      share += WEIGHT * (1 - share);
      return share;
    }

    void succeeded() {
      if (share > NEGLIGIBLE) {
        lower();
      }
    }

    private synchronized void lower() {
      share -= WEIGHT * share;
    }
  }
}
