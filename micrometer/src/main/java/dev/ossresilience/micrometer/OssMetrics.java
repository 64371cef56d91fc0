package dev.ossresilience.micrometer;

import dev.ossresilience.OssResilience;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.OssListener;
import dev.ossresilience.report.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Counts and times what happens in calls to OSS. Thread-safe. No metric names a bucket or a key: what its tags can be is bounded by OSS's
 * operations, the reasons there are and the endpoints of the program. Names given by {@link dev.ossresilience.OssCallOptions} aren't used.
 *
 * <pre>{@code
 * OssMetrics metrics = OssMetrics.bindTo(registry);
 * OssResilience oss = metrics.watch(OssResilience.builder().events(metrics). ... .build());
 * }</pre>
 */
public final class OssMetrics implements OssListener {
  private final MeterRegistry registry;

  /** By the endpoint's host, as long as they are in use. */
  private final Map<String, Set<OssResilience>> watched = new ConcurrentHashMap<>();

  private final DistributionSummary attempts;
  private final Timer heldBack;
  private final Counter ambiguous;

  private OssMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.attempts =
        DistributionSummary.builder("oss.client.attempts").description("How often a call's request was sent")
            .serviceLevelObjectives(1, 2, 3, 5, 10).register(registry);
    this.heldBack = Timer.builder("oss.client.qos.delay").description("How long OSS held answers back on purpose").register(registry);
    // There from the beginning: Prometheus takes the first value that it sees for what was there before.
    this.ambiguous = Counter.builder("oss.client.ambiguous").description("Writes that may or may not have taken effect").register(registry);
    count("oss.client.stops", Reason.BUDGET_EXHAUSTED, 0);
    count("oss.client.stops", Reason.CIRCUIT_OPEN, 0);
  }

  /** Metrics in a registry: to be given to {@link OssResilience.Builder#events}. */
  public static OssMetrics bindTo(MeterRegistry registry) {
    return new OssMetrics(registry);
  }

  /**
   * Adds gauges of what all calls of {@code oss} share, with the endpoint's host as their tag. They are for as long as {@code oss} is in use:
   * nothing here keeps it. Of several for one endpoint they show the clock that is off most, the least budget and the slowest pace.
   *
   * @return {@code oss}
   */
  public OssResilience watch(OssResilience oss) {
    watched.computeIfAbsent(oss.endpoint().host(), this::gauges).add(oss);
    return oss;
  }

  private Set<OssResilience> gauges(String host) {
    Set<OssResilience> all = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    Tags endpoint = Tags.of("endpoint", host);
    gauge("oss.client.clock.skew", endpoint, all, OssMetrics::skew)
        .description("How far the server's clock is known to be ahead of this machine's").baseUnit("seconds").register(registry);
    gauge("oss.client.retry.budget", endpoint, all, of -> least(of, one -> one.load().budget().repetitionsLeft()))
        .description("How many repetitions all calls together could make now").register(registry);
    for (ThrottleScope scope : ThrottleScope.values()) {
      gauge("oss.client.throttle.rate", endpoint.and("scope", tag(scope)), all, of -> least(of, one -> one.pace(scope)))
          .description("The pace in force, NaN for none: bytes or requests per second, of concurrency a number of requests").register(registry);
    }
    return all;
  }

  /** A registry keeps the first gauge of a name and tags, which may be of a client that is long gone. */
  private Gauge.Builder<Set<OssResilience>> gauge(String name, Tags tags, Set<OssResilience> all, ToDoubleFunction<Set<OssResilience>> value) {
    registry.find(name).tags(tags).gauges().forEach(registry::remove);
    return Gauge.builder(name, all, value).tags(tags);
  }

  private static double skew(Set<OssResilience> all) {
    return values(all, one -> one.clockOffset().toMillis() / 1e3).reduce((one, other) -> Math.abs(other) > Math.abs(one) ? other : one).orElse(Double.NaN);
  }

  private static double least(Set<OssResilience> all, ToDoubleFunction<OssResilience> value) {
    return values(all, value).filter(one -> !Double.isNaN(one)).min().orElse(Double.NaN);
  }

  private static DoubleStream values(Set<OssResilience> all, ToDoubleFunction<OssResilience> value) {
    return Arrays.stream(all.toArray(OssResilience[]::new)).filter(Objects::nonNull).mapToDouble(value);
  }

  @Override
  public void onEvent(OssEvent event) {
    if (event instanceof OssEvent.AttemptStarted started) {
      started(started);
    } else if (event instanceof OssEvent.RepeatedByClient repeated) {
      count("oss.client.retries", Reason.TRANSPORT_FAILURE, repeated.times());
    } else if (event instanceof OssEvent.Waiting waiting) {
      Timer.builder("oss.client.backoff").description("How long calls waited between attempts, or for their turn").tag("reason", tag(waiting.reason()))
          .register(registry).record(waiting.delay());
    } else if (event instanceof OssEvent.HeldBack held) {
      heldBack.record(held.delay());
    } else if (event instanceof OssEvent.Ambiguous) {
      ambiguous.increment();
    } else if (event instanceof OssEvent.Stopped stopped) {
      count("oss.client.stops", stopped.reason(), 1);
    } else if (event instanceof OssEvent.CallEnded ended) {
      ended(ended.report());
    }
  }

  private void started(OssEvent.AttemptStarted started) {
    Reason reason = started.reason();
    if (started.kind() == Event.Kind.ATTEMPT && reason != null) {
      count("oss.client.retries", reason, 1);
    }
  }

  private void count(String name, Reason reason, int times) {
    registry.counter(name, "reason", tag(reason)).increment(times);
  }

  private void ended(ExchangeReport report) {
    attempts.record(report.attempts());
    Timer.builder("oss.client.calls").description("Calls, attempts and waits included").tags("operation", report.operation().name(), "outcome", outcome(report))
        .register(registry).record(report.duration());
  }

  private static String outcome(ExchangeReport report) {
    return report.recovered() ? "recovered" : tag(report.outcome());
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
