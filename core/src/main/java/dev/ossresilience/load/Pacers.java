package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scopes of limits that are paced at one endpoint: kept while they make a difference. Thread-safe. */
final class Pacers {
  /** More partitions at a time than anybody has hot; each takes some 200 bytes. Limits of the whole account are paced at any rate. */
  static final int MAX_PARTITIONS = 256;

  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<ThrottleScope, Pacer> accountWide = new ConcurrentHashMap<>();
  private final Map<String, Pacer> partitions = new ConcurrentHashMap<>();
  private final AtomicLong nextSweep;
  private final LongAdder unpaced = new LongAdder();

  Pacers(long nowNanos) {
    nextSweep = new AtomicLong(nowNanos + SWEEP_NANOS);
  }

  boolean isEmpty() {
    return accountWide.isEmpty() && partitions.isEmpty();
  }

  /** The one of that limit that counts {@code traffic}; null if there is none, or none is needed. */
  @Nullable Pacer of(ThrottleScope limit, Traffic traffic) {
    if (limit != ThrottleScope.PARTITION) {
      return traffic.countsIn(limit) ? accountWide.get(limit) : null;
    }
    return !partitions.isEmpty() && traffic.countsIn(limit) ? partitions.get(traffic.partition()) : null;
  }

  /** The same, made if need be; null if there is no room for it. Of partitions there may be any number: an idle one makes room, one in use does not. */
  @Nullable Pacer of(ThrottleScope limit, Traffic traffic, Supplier<Pacer> made, long nowNanos) {
    Pacer known = of(limit, traffic);
    if (known != null) {
      return known;
    }
    if (limit != ThrottleScope.PARTITION) {
      return accountWide.computeIfAbsent(limit, key -> made.get());
    }
    if (partitions.size() >= MAX_PARTITIONS) {
      forgetIdle(nowNanos);
    }
    if (partitions.size() >= MAX_PARTITIONS) {
      unpaced.increment();
      return null;
    }
    return partitions.computeIfAbsent(traffic.partition(), key -> made.get());
  }

  /** Forgets now and then which make no difference any more. */
  void sweep(long nowNanos) {
    long due = nextSweep.get();
    if (nowNanos - due >= 0 && nextSweep.compareAndSet(due, nowNanos + SWEEP_NANOS)) {
      forgetIdle(nowNanos);
    }
  }

  private void forgetIdle(long nowNanos) {
    double now = Pacing.seconds(nowNanos);
    accountWide.values().removeIf(pacer -> pacer.isIdle(now));
    partitions.values().removeIf(pacer -> pacer.isIdle(now));
  }

  /** How often a partition was refused that could not be paced. */
  long unpaced() {
    return unpaced.sum();
  }

  /** The lowest pace among the scopes of a kind, NaN if none is paced. */
  double slowest(ThrottleScope kind, long nowNanos) {
    Stream<Pacer> ofKind = kind == ThrottleScope.PARTITION ? partitions.values().stream() : Stream.ofNullable(accountWide.get(kind));
    return ofKind.filter(pacer -> !pacer.isIdle(Pacing.seconds(nowNanos))).mapToDouble(Pacer::pace).min().orElse(Double.NaN);
  }

  /** How many scopes are paced now. */
  int size() {
    return accountWide.size() + partitions.size();
  }
}
