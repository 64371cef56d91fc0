package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.OssCircuitOpenException;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.OssSigner;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budget, pace, circuit breaker and hints, as one call meets them. */
class LoadTest {
  private static final Reply SLOW_DOWN = Reply.error(503, "SlowDown", "");
  private static final Reply META_LIMIT = Reply.error(503, "MetaOperationQpsLimitExceeded", "");
  private static final Reply BROKEN = Reply.error(500, "InternalError", "");

  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
  private Scene scene = Scene.with(builder -> builder.circuitBreakers(breakers));

  private Exchange call(Request request) {
    return scene.call(request);
  }

  private static Request put() {
    return Request.of("PUT", null, 5);
  }

  private static Duration paused(Step step) {
    assertThat(step).isInstanceOf(Step.Pause.class);
    return ((Step.Pause) step).delay();
  }

  private CircuitBreaker breaker() {
    return breakers.circuitBreaker("oss-oss-cn-hangzhou.aliyuncs.com");
  }

  @Test
  void aHintMakesTheWaitLongerAndNeverShorter() {
    Exchange call = call(put());
    call.begin();
    assertThat(paused(answer(call, BROKEN.with("retry-after", "7")))).isEqualTo(Duration.ofSeconds(7));
    call.resumed();
    assertThat(paused(answer(call, BROKEN.with("retry-after", "0")))).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aHintBeyondTheDeadlineFailsAtOnce() {
    Exchange call = call(put());
    call.begin();
    assertThat(answer(call, BROKEN.with("retry-after", "61"))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void anAbsurdHintIsIgnoredAndCounted() {
    Exchange call = call(put());
    call.begin();
    assertThat(paused(answer(call, BROKEN.with("retry-after", "99999999999999999999")))).isLessThan(Duration.ofSeconds(1));
    assertThat(scene.oss.load().absurdHints()).isEqualTo(1);
  }

  @Test
  void whenTheBudgetIsUsedUpTheLastErrorIsDelivered() {
    scene = Scene.with(builder -> builder.retryBudget(RetryBudget.tokens(14, 14, 5)));
    Exchange first = call(put());
    first.begin();
    assertThat(answer(first, BROKEN)).isInstanceOf(Step.Pause.class);
    Exchange second = call(put());
    second.begin();
    assertThat(answer(second, BROKEN)).isInstanceOf(Step.Deliver.class);
    assertThat(second.report().events()).last().satisfies(event -> {
      assertThat(event.kind()).isEqualTo(Event.Kind.STOP);
      assertThat(event.reason()).isEqualTo(Reason.BUDGET_EXHAUSTED);
    });
    assertThat(scene.oss.load().exhaustions()).isEqualTo(1);
    first.resumed();
    answer(first, Reply.of(200));
    Exchange third = call(put());
    third.begin();
    assertThat(answer(third, BROKEN)).as("what a success gave back").isInstanceOf(Step.Pause.class);
  }

  @Test
  void aRepetitionThatIsNotSentAfterAllCostsNothing() {
    for (RetryBudget budget : List.of(RetryBudget.tokens(14, 14, 5), RetryBudget.ratio(0.01, 1, scene.clocks))) {
      scene = Scene.with(builder -> builder.retryBudget(budget));
      for (int i = 0; i < 3; i++) {
        Exchange call = call(put());
        call.begin();
        assertThat(answer(call, BROKEN)).as("paid").isInstanceOf(Step.Pause.class);
        assertThat(budget.repetitionsLeft()).isZero();
        call.cancelled(new IOException("given up"));
        assertThat(budget.repetitionsLeft()).isEqualTo(1);
      }
      Exchange call = call(put());
      call.begin();
      answer(call, BROKEN);
      call.resumed();
      call.cancelledInFlight(new IOException("given up"), true);
      assertThat(budget.repetitionsLeft()).as("it was sent").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1}) // paid from the reserve, and from the share of the calls
  void whatWasPaidForSomeSecondsAgoIsGivenBackToo(double ratio) {
    Clocks clocks = new Clocks();
    RetryBudget budget = RetryBudget.ratio(ratio, 2, clocks);
    scene = Scene.with(builder -> builder.retryBudget(budget).time(clocks, clocks));
    Exchange call = call(put());
    call.begin();
    double before = budget.repetitionsLeft();
    assertThat(answer(call, BROKEN.with("retry-after", "7"))).as("paid").isInstanceOf(Step.Pause.class);
    assertThat(budget.repetitionsLeft()).isEqualTo(before - 1);
    clocks.pass(Duration.ofSeconds(7));
    call.cancelled(new IOException("given up"));
    assertThat(budget.repetitionsLeft()).isEqualTo(before);
    clocks.pass(Duration.ofSeconds(10));
    assertThat(budget.repetitionsLeft()).as("and no more than once").isEqualTo(2);
  }

  @Test
  void theBudgetGrowsWithWhatIsSentAndIsForgottenAfterTenSeconds() {
    RetryBudget budget = RetryBudget.ratio(0.1, 2, scene.clocks);
    for (int i = 0; i < 100; i++) {
      budget.began();
    }
    int taken = 0;
    while (budget.take(false) > 0) {
      taken++;
    }
    assertThat(taken).isEqualTo(12);
    scene.clocks.pass(Duration.ofSeconds(9));
    assertThat(budget.take(false)).isNegative();
    scene.clocks.pass(Duration.ofSeconds(1));
    assertThat(budget.take(true)).as("of the calls nothing is left either").isNegative();
    scene.clocks.pass(Duration.ofDays(400));
    assertThat(budget.repetitionsLeft()).as("the reserve").isEqualTo(2);
  }

  @Test
  void allThatWasInFlightWhenALimitWasMetIsRepeatedAndOfWhatFailedOtherwiseATenth() {
    assertThat(repeatedOf32(SLOW_DOWN)).isEqualTo(32);
    assertThat(repeatedOf32(BROKEN)).isEqualTo(3 + 4);
    assertThat(repeatedOf32(Reply.error(503, "ServiceUnavailable", ""))).as("no limit is named").isEqualTo(3 + 4);
  }

  private static int repeatedOf32(Reply refusal) {
    Scene many = Scene.with(builder -> builder);
    List<Exchange> inFlight = Stream.generate(() -> many.call(put())).limit(32).toList();
    inFlight.forEach(Exchange::begin);
    return (int) inFlight.stream().filter(call -> answer(call, refusal) instanceof Step.Pause).count();
  }

  @Test
  void whatWasTakenFromTheReserveComesBackWithSuccessesAndByOneAMinute() {
    RetryBudget budget = RetryBudget.ratio(0.25, 2, scene.clocks);
    budget.take(false);
    budget.take(false);
    assertThat(budget.take(false)).isNegative();
    for (int i = 0; i < 4; i++) {
      assertThat(budget.repetitionsLeft()).isZero();
      budget.succeeded(0);
    }
    assertThat(budget.repetitionsLeft()).isEqualTo(1);
    budget.take(false);
    scene.clocks.pass(Duration.ofSeconds(59));
    assertThat(budget.take(false)).isNegative();
    scene.clocks.pass(Duration.ofSeconds(1));
    assertThat(budget.take(false)).isPositive();
    scene.clocks.pass(Duration.ofHours(1));
    assertThat(budget.repetitionsLeft()).as("no more than there was").isEqualTo(2);
  }

  @Test
  void correctionsCostNothing() {
    scene = Scene.with(builder -> builder.retryBudget(RetryBudget.tokens(1, 1, 1)).signer(OssSigner.v4("cn-hangzhou", Scene.STATIC)));
    scene.oss.load().budget().take(false);
    scene.clocks.setHostWrongBy(Duration.ofHours(1));
    assertThat(scene.play(call(put()))).isEqualTo(2);
  }

  /** Fills the meters: so many calls in the second before something is refused. */
  private void steadily(Request request, int perSecond, int seconds) {
    for (int i = 0; i < perSecond * seconds; i++) {
      Exchange call = call(request);
      call.begin();
      answer(call, Reply.of(200));
      scene.clocks.pass(Duration.ofSeconds(1).dividedBy(perSecond));
    }
  }

  private void refusedOnce(Request request, Reply refusal) {
    Exchange call = call(request);
    call.begin();
    answer(call, refusal);
  }

  @Test
  void nothingWaitsBeforeSomethingIsRefused() {
    steadily(put(), 100, 3);
    assertThat(scene.oss.load().pacedScopes()).isZero();
  }

  @Test
  void afterARefusalFirstAttemptsWaitForTheirTurn() {
    steadily(put(), 100, 3);
    refusedOnce(put(), SLOW_DOWN);
    Exchange first = call(put());
    first.begin();
    Exchange second = call(put());
    Duration wait = paused(second.begin());
    assertThat(wait).isBetween(Duration.ofMillis(12), Duration.ofMillis(16)); // 70 per second
    Exchange third = call(put());
    assertThat(paused(third.begin())).as("who comes later waits longer").isCloseTo(wait.multipliedBy(2), Duration.ofNanos(10));
    scene.clocks.pass(wait);
    assertThat(second.resumed()).as("the turn has come").isInstanceOf(Step.Attempt.class);
    assertThat(second.report().events()).first().satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.PACED));
    assertThat(answer(second, Reply.of(200))).isInstanceOf(Step.Deliver.class);
    assertThat(second.report().recovered()).as("nothing had failed").isFalse();
  }

  @Test
  void aMetaThrottleNeverSlowsData() {
    Request list = Request.ofBucket("GET");
    steadily(list, 10, 3);
    refusedOnce(list, META_LIMIT);
    call(list).begin();
    assertThat(call(list).begin()).isInstanceOf(Step.Pause.class);
    assertThat(call(put()).begin()).isInstanceOf(Step.Attempt.class);
    assertThat(call(put()).begin()).isInstanceOf(Step.Attempt.class);
  }

  @Test
  void oneHotPrefixNeverSlowsAnother() {
    Request hot = new Request("PUT", "/hot/1", null, Map.of(), 5, true);
    Request cold = new Request("PUT", "/cold/1", null, Map.of(), 5, true);
    refusedOnce(hot, Reply.error(503, "PartitionQpsLimitted", ""));
    call(hot).begin();
    assertThat(call(hot).begin()).isInstanceOf(Step.Pause.class);
    assertThat(call(cold).begin()).isInstanceOf(Step.Attempt.class);
    assertThat(call(cold).begin()).isInstanceOf(Step.Attempt.class);
  }

  @Test
  void aSuccessThatWasHeldBackSlowsItsDirection() {
    Request get = Request.get();
    steadily(get, 10, 3);
    refusedOnce(get, Reply.of(200).with("x-oss-qos-delay-time", "120").with("content-length", "1000000"));
    assertThat(scene.oss.load().pacedScopes()).isEqualTo(1);
    call(get).begin();
    assertThat(call(get).begin()).isInstanceOf(Step.Pause.class);
    assertThat(call(put()).begin()).isInstanceOf(Step.Attempt.class);
  }

  @Test
  void whoAskedToBeSlowIsNotSlowedFurther() {
    Request limited = Request.get().withHeader("x-oss-traffic-limit", "819200");
    refusedOnce(limited, Reply.of(200).with("x-oss-qos-delay-time", "120"));
    assertThat(scene.oss.load().pacedScopes()).isZero();
  }

  @Test
  void aTurnThatDoesNotComeInTimeIsNotWaitedFor() {
    refusedOnce(put(), SLOW_DOWN); // one per many seconds, since nothing is known of more
    Step step = call(put()).begin();
    for (int i = 0; i < 500 && !(step instanceof Step.Fail); i++) {
      step = call(put()).begin();
    }
    assertThat(((Step.Fail) step).cause()).isInstanceOf(OssDeadlineException.class);
  }

  @Test
  void calmEndsThePacing() {
    steadily(put(), 10, 3);
    refusedOnce(put(), SLOW_DOWN);
    for (int i = 0; i < 2000; i++) {
      Exchange call = call(put());
      if (call.begin() instanceof Step.Pause pause) {
        scene.clocks.pass(pause.delay());
        while (call.resumed() instanceof Step.Pause more) {
          scene.clocks.pass(more.delay());
        }
      }
      answer(call, Reply.of(200));
      scene.clocks.pass(Duration.ofMillis(100));
    }
    assertThat(scene.oss.load().pacedScopes()).isZero();
  }

  @Test
  void theBreakerOpensAfterFailuresAndThrottlesAreNone() {
    for (int i = 0; i < 40; i++) {
      refusedOnce(put(), SLOW_DOWN);
    }
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    scene = Scene.with(builder -> builder.circuitBreakers(breakers).pacing(false));
    for (int i = 0; i < 400 && breaker().getState() == CircuitBreaker.State.CLOSED; i++) {
      Exchange call = call(put());
      call.begin();
      call.failed(new SocketTimeoutException("lost"), null, true);
    }
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    Step refused = call(put()).begin();
    IOException thrown = ((Step.Fail) refused).cause();
    assertThat(thrown).isInstanceOf(OssCircuitOpenException.class).hasMessageContaining("PutObject of logs/k");
    assertThat(thrown.getStackTrace()).isEmpty();
  }

  @Test
  void theBreakerLetsSomeThroughAfterAWhileAndClosesOnSuccess() {
    breaker().transitionToOpenState();
    assertThat(call(put()).begin()).isInstanceOf(Step.Fail.class);
    breaker().transitionToHalfOpenState();
    int permitted = breaker().getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
    for (int i = 0; i < permitted; i++) {
      Exchange given = call(put());
      given.begin();
      given.cancelledInFlight(new IOException("Canceled"), true); // gives its permit back
    }
    for (int i = 0; i < permitted; i++) {
      Exchange call = call(put());
      assertThat(call.begin()).isInstanceOf(Step.Attempt.class);
      answer(call, Reply.error(404, "NoSuchKey", "")); // the endpoint works
    }
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void registriesOfTheUsersShowOurs() {
    RetryRegistry retries = RetryRegistry.ofDefaults();
    Scene shown = Scene.with(builder -> builder.retries(retries).circuitBreakers(breakers));
    Exchange call = shown.call(put());
    call.begin();
    answer(call, Reply.of(200));
    assertThat(retries.getAllRetries()).extracting(retry -> retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt()).containsExactly(1L);
    assertThat(breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
  }

  @Test
  void oneCallCanBeDifferent() {
    OssResilience oss = scene.oss;
    Request post = Request.of("POST", "x-oss-rename", 5);
    OssCallOptions options = OssCallOptions.with(Duration.ofSeconds(2), 2, true, "move");
    Exchange call = Objects.requireNonNull(oss.exchangeFor(post, options));
    call.begin();
    assertThat(call.failed(new SocketTimeoutException("lost"), null, true)).as("said to be idempotent").isInstanceOf(Step.Pause.class);
    call.resumed();
    assertThat(call.failed(new SocketTimeoutException("lost"), null, true)).as("two attempts").isInstanceOf(Step.Fail.class);
    assertThat(call.report().subject()).isEqualTo("move of logs/k");
    Exchange never = Objects.requireNonNull(oss.exchangeFor(put(), OssCallOptions.none().withIdempotent(false)));
    never.begin();
    assertThat(never.failed(new SocketTimeoutException("lost"), null, true)).isInstanceOf(Step.Fail.class);
  }
}
