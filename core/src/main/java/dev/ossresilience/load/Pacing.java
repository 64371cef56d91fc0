package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Paces what is sent to one endpoint, one scope of its limits independent of the other. Does nothing but count until OSS first refuses
 * something because of a limit, or says of a success that it was held back. Thread-safe.
 */
final class Pacing {
  /** More partitions at a time than anybody has hot; each takes some 200 bytes. Limits of the whole account are paced at any rate. */
  static final int MAX_SCOPES = 256;

  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

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
  private final Map<Scope, Pacer> pacers = new ConcurrentHashMap<>();
  private final long begunNanos;
  private final AtomicLong nextSweep;
  private final LongAdder unpaced = new LongAdder();

  Pacing(long nowNanos) {
    begunNanos = nowNanos;
    nextSweep = new AtomicLong(nowNanos + SWEEP_NANOS);
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
    sweep(nowNanos);
    Turn turn = new Turn();
    for (ThrottleScope kind : KINDS) {
      Pacer pacer = pacerOf(kind, traffic);
      double place = pacer == null ? 0 : pacer.take(seconds(nowNanos), traffic.amount(kind), seconds(atMost.toNanos()));
      if (place < 0) {
        turn.giveUp(nowNanos); // what one limit keeps from being sent is nothing to the others
        return null;
      }
      if (pacer != null) {
        turn.add(pacer, place, traffic.amount(kind));
      }
    }
    return turn;
  }

  private @Nullable Pacer pacerOf(ThrottleScope limit, Traffic traffic) {
    return traffic.countsIn(limit) ? pacers.get(Scope.of(limit, traffic)) : null;
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
    Scope scope = Scope.of(limit, traffic);
    Pacer pacer = pacers.get(scope);
    if (pacer == null && hasRoomFor(limit, nowNanos)) {
      double rate = meter(limit).perSecond(seconds(nowNanos));
      pacer = pacers.computeIfAbsent(scope, s -> new Pacer(seconds(nowNanos), rate, seconds(nowNanos - begunNanos), Traffic.unit(limit)));
    }
    if (pacer != null) {
      pacer.refused(seconds(nowNanos), seconds(sentNanos), named != null);
    } else {
      unpaced.increment();
    }
  }

  /** Whether another scope may be paced. Of partitions there may be any number: an idle one makes room, one in use does not. */
  private boolean hasRoomFor(ThrottleScope limit, long nowNanos) {
    if (limit == ThrottleScope.PARTITION && pacers.size() >= MAX_SCOPES) {
      forgetIdle(nowNanos);
      return pacers.size() < MAX_SCOPES;
    }
    return true;
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
      download.sent(seconds(nowNanos), (double) received);
    }
    failures.succeeded();
    double took = seconds(nowNanos - sentNanos);
    Latency latency = latency(traffic.kind());
    if (pacers.isEmpty()) {
      latency.usual(took);
      return;
    }
    boolean slow = latency.isUnusual(took);
    for (ThrottleScope kind : KINDS) {
      Pacer pacer = pacerOf(kind, traffic);
      if (pacer != null) {
        pacer.accepted(seconds(nowNanos), kind == ThrottleScope.DOWNLOAD && bytesCame ? (double) received : 0, slow);
      }
    }
  }

  private void sweep(long nowNanos) {
    long due = nextSweep.get();
    if (nowNanos - due >= 0 && nextSweep.compareAndSet(due, nowNanos + SWEEP_NANOS)) {
      forgetIdle(nowNanos);
    }
  }

  private void forgetIdle(long nowNanos) {
    pacers.values().removeIf(pacer -> pacer.isIdle(seconds(nowNanos)));
  }

  /** How often a partition was refused that could not be paced. */
  long unpaced() {
    return unpaced.sum();
  }

  /** The lowest pace among the scopes of a kind, NaN if none is paced. */
  double slowest(ThrottleScope kind, long nowNanos) {
    return pacers.entrySet().stream()
        .filter(paced -> paced.getKey().kind() == kind && !paced.getValue().isIdle(seconds(nowNanos)))
        .mapToDouble(paced -> paced.getValue().pace())
        .min()
        .orElse(Double.NaN);
  }

  /** How many scopes are paced now. */
  int scopes() {
    return pacers.size();
  }

  /** The share of what failed lately among what was answered or should have been. */
  private static final class Failures {
    /** Of each outcome in the average: about the last twenty count. */
    private static final double WEIGHT = 0.05;

    private double share;

    synchronized double failed() {
      share += WEIGHT * (1 - share);
      return share;
    }

    synchronized void succeeded() {
      share -= WEIGHT * share;
    }
  }

  /** A rate that many threads count into. */
  private static final class Meter {
    private final SendingRate rate;

    Meter(double now) {
      rate = new SendingRate(now);
    }

    synchronized void sent(double now, double amount) {
      rate.sent(now, amount);
    }

    synchronized double perSecond(double now) {
      return rate.perSecond(now);
    }
  }
}
