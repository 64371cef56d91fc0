package dev.ossresilience.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.Breakers;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page on defaults says what the code does. {@code mvn test -pl core -Ddocs.write=true} writes it anew. */
class DefaultsPageTest {
  /** A line of the page; several may be about one setting of the builder. */
  private record Row(String setting, String of, String value, String remark) {}

  @Test
  void thePageSaysWhatTheCodeDoes() throws Exception {
    GeneratedPagesTest.assertUpToDate("defaults.md", page());
  }

  @Test
  void everySettingHasALine() throws Exception {
    TreeSet<String> settings = new TreeSet<>();
    for (Method method : OssResilience.Builder.class.getMethods()) {
      if (method.getReturnType() == OssResilience.Builder.class) {
        settings.add(method.getName());
      }
    }
    assertThat(settings).hasSizeGreaterThan(10);
    assertThat(new TreeSet<>(rows().stream().map(Row::setting).toList())).isEqualTo(settings);
  }

  private static String page() throws Exception {
    StringBuilder out = new StringBuilder("# Defaults\n\n");
    out.append("Generated from the code; don't edit. All are settings of `OssResilience.builder()`. A single call can have another deadline, another number of ");
    out.append("attempts, and another opinion on whether it may be repeated: `OssCallOptions`.\n\n");
    out.append("| setting | of | default | remark |\n|---|---|---|---|\n");
    for (Row row : rows()) {
      out.append("| `").append(row.setting).append("` | ").append(row.of).append(" | ").append(row.value).append(" | ").append(row.remark).append(" |\n");
    }
    return out.toString();
  }

  private static List<Row> rows() throws Exception {
    RetryPolicy policy = RetryPolicy.defaults();
    AppendPolicy appends = AppendPolicy.followEnd();
    CircuitBreakerConfig breaker = Breakers.defaults(TimeSource.system());
    TimeSource stopped = stopped();
    RetryBudget budget = builder().time(stopped, Waiter.system()).build().load().budget();
    int reserve = repetitions(budget);
    for (int i = 0; i < 1000; i++) {
      budget.began();
    }
    int ofThousand = repetitions(budget);

    List<Row> rows = new ArrayList<>();
    rows.add(new Row("endpoint", "", "none", "required; requests to other hosts pass as they are"));
    rows.add(new Row("signer", "", "none", "requests go out as they come; `OssSigner.v4` is recommended"));
    rows.add(new Row("signedDownstream", "", "no", "if something behind the binding signs each attempt, by `clock()`"));
    rows.add(new Row("policy", "`maxAttempts`", "" + policy.maxAttempts(), "the first one included; 1 for no retry"));
    rows.add(new Row("policy", "`totalTimeout`", text(policy.totalTimeout()), "attempts and waits together; single attempts have the client's timeouts"));
    rows.add(new Row("policy", "`transientBackoff`", text(policy.transientBackoff()), "after server and transport failures"));
    rows.add(new Row("policy", "`throttledBackoff`", text(policy.throttledBackoff()), "after OSS asked for less"));
    rows.add(new Row("policy", "`maxHint`", text(policy.maxHint()), "how much longer a `Retry-After` may make a wait; one beyond the total timeout ends the call"));
    rows.add(new Row("appends", "", appends.followsEnd() ? "`followEnd()`" : "`exactPosition()`", "after a *proven* conflict ([appends](appends.md))"));
    rows.add(new Row("appends", "`maxMoves`", "" + appends.maxMoves(), "how often one call may follow the end"));
    rows.add(new Row("appends", "`maxVerifyBytes`", bytes(appends.maxVerifyBytes()), "the longest body that is compared by reading it back"));
    rows.add(new Row("uploadIntegrity", "", onOff(field("uploadIntegrity")), "CRC64 of what goes out against OSS's"));
    rows.add(new Row("bufferOneShotBodiesUpTo", "", bytes((long) field("bufferedBodyBytes")), "in bytes; 0: a body that can be read only once goes out once; at most 64 MiB"));
    rows.add(new Row("retryBudget", "", "`ratio(" + ofThousand / 1000.0 + ", " + reserve + ")`", "repetitions per call within 10 s, and a reserve that comes back with successes and by one a minute"));
    rows.add(new Row("pacing", "", onOff(field("paced")), "nothing waits before OSS has refused something ([load control](load-control.md))"));
    rows.add(new Row("circuitBreakers", "", "a registry of its own", "open when " + (int) breaker.getFailureRateThreshold() + " % of at least " + breaker.getMinimumNumberOfCalls() + " attempts within " + breaker.getSlidingWindowSize() + " s failed, for " + text(Duration.ofMillis(breaker.getWaitIntervalFunctionInOpenState().apply(1))) + ", then " + breaker.getPermittedNumberOfCallsInHalfOpenState() + " attempts"));
    rows.add(new Row("withoutCircuitBreaker", "", "there is one", "switches it off"));
    rows.add(new Row("retries", "", "nowhere", "where attempts are counted, for dashboards"));
    rows.add(new Row("catalogue", "", "`ErrorCatalogue.standard()`", "what codes mean ([errors](errors.md))"));
    rows.add(new Row("classifier", "", "none", "an opinion of yours, heard first"));
    rows.add(new Row("listener", "", "none", "is told of every call's end"));
    rows.add(new Row("events", "", "none", "is told of every decision ([observability](observability.md))"));
    rows.add(new Row("scheduler", "", "two daemon threads while there is something to do", "for calls that hold no thread"));
    rows.add(new Row("time", "", "this machine's clock", "for tests"));
    rows.add(new Row("random", "", "`ThreadLocalRandom`", "for tests"));
    return rows;
  }

  private static OssResilience.Builder builder() {
    return OssResilience.builder().endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"));
  }

  /** What the budget lets through until there is nothing left. */
  private static int repetitions(RetryBudget budget) {
    int taken = 0;
    while (taken < 10_000 && budget.take(false) >= 0) {
      taken++;
    }
    return taken;
  }

  private static TimeSource stopped() {
    return new TimeSource() {
      @Override
      public Instant wallTime() {
        return Instant.EPOCH;
      }

      @Override
      public long nanoTime() {
        return 0;
      }
    };
  }

  private static Object field(String name) throws ReflectiveOperationException {
    Field field = OssResilience.Builder.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(builder());
  }

  private static String onOff(Object value) {
    return (boolean) value ? "on" : "off";
  }

  private static String text(Backoff backoff) {
    return backoff.jitter().name().toLowerCase(Locale.ROOT) + " jitter, " + text(backoff.base()) + " doubling up to " + text(backoff.cap());
  }

  private static String text(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toHours() < 2 ? duration.toSeconds() + " s" : duration.toHours() + " h";
  }

  private static String bytes(long bytes) {
    return bytes > 0 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : "" + bytes;
  }
}
