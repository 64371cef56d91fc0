package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.log.LogRecording;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What listeners are told, step by step. */
class EventsTest {
  private static final Request PUT = Request.of("PUT", null, 5);
  private static final Reply BROKEN = Reply.error(500, "InternalError", "");

  private final List<OssEvent> events = new ArrayList<>();
  private final List<ExchangeReport> reports = new ArrayList<>();

  private Scene scene(UnaryOperator<OssResilience.Builder> settings) {
    return Scene.with(builder -> settings.apply(builder.signer(OssSigner.v4("cn-hangzhou", Scene.STATIC))).events(this::note));
  }

  /** The first event of each call is left out. */
  private void note(OssEvent event) {
    if (!(event instanceof OssEvent.CallStarted)) {
      events.add(event);
    }
  }

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private <E extends OssEvent> E only(Class<E> kind) {
    List<E> found = events.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).as("%s in %s", kind.getSimpleName(), events).hasSize(1);
    return found.get(0);
  }

  private static Step resume(Scene scene, Exchange call, Step step) {
    scene.clocks.pass(((Step.Pause) step).delay());
    return call.resumed();
  }

  @Test
  void aCallThatSucceedsAtOnceIsThreeEventsAboutTheSameCall() {
    Exchange call = scene(builder -> builder.listener(reports::add)).call(PUT);
    call.begin();
    answer(call, Reply.of(200));
    assertThat(kinds()).containsExactly("AttemptStarted", "AttemptAnswered", "CallEnded");
    assertThat(events).allSatisfy(event -> assertThat(event.call()).isSameAs(events.get(0).call()));
    assertThat(events.get(0).call().subject()).isEqualTo("PutObject of logs/k");
    assertThat(only(OssEvent.CallEnded.class).report()).isEqualTo(reports.get(0));
    assertThat(reports).hasSize(1);
  }

  @Test
  void aCallIsToldWhenItIsMadeAndNotWhenItsFirstAttemptIs() {
    List<OssEvent> all = new ArrayList<>();
    Exchange call = Scene.with(builder -> builder.events(all::add)).call(PUT);
    assertThat(all).hasSize(1).hasOnlyElementsOfType(OssEvent.CallStarted.class);
    call.begin();
    assertThat(all.get(1).call()).isSameAs(all.get(0).call());
  }

  @Test
  void aFailureAWaitAndAnErrorAreToldWithTheirReasons() {
    Scene scene = scene(builder -> builder);
    Exchange call = scene.call(PUT);
    call.begin();
    scene.clocks.pass(Duration.ofMillis(7));
    resume(scene, call, call.failed(new SocketTimeoutException("Read timed out"), null, true));
    resume(scene, call, answer(call, BROKEN));
    answer(call, Reply.of(200));
    assertThat(kinds())
        .containsExactly(
            "AttemptStarted", "AttemptFailed", "Waiting", "AttemptStarted", "AttemptAnswered", "Waiting", "AttemptStarted", "AttemptAnswered", "CallEnded");
    OssEvent.Call of = events.get(0).call();
    assertThat(events.get(1)).isEqualTo(new OssEvent.AttemptFailed(of, Event.Kind.ATTEMPT, 1, Duration.ofMillis(7), "SocketTimeoutException"));
    assertThat(events.get(3)).isEqualTo(new OssEvent.AttemptStarted(of, Event.Kind.ATTEMPT, 2, Reason.TRANSPORT_FAILURE));
    assertThat(events.get(4))
        .isEqualTo(new OssEvent.AttemptAnswered(of, Event.Kind.ATTEMPT, 2, Duration.ZERO, 500, "InternalError", "REQUEST-5E6F70A1B2C3D4AF"));
    assertThat(((OssEvent.Waiting) events.get(5)).reason()).isEqualTo(Reason.SERVER_ERROR);
    assertThat(only(OssEvent.CallEnded.class).report().recovered()).isTrue();
  }

  @Test
  void aCorrectedClockIsTold() {
    Scene scene = scene(builder -> builder);
    scene.clocks.setHostWrongBy(Duration.ofHours(-2));
    assertThat(scene.play(scene.call(PUT))).isEqualTo(2);
    OssEvent.ClockCorrected corrected = only(OssEvent.ClockCorrected.class);
    assertThat(corrected.before()).isZero();
    assertThat(corrected.offset()).isEqualTo(scene.oss.clockOffset()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void refusedCredentialsAreToldAndWhetherThereAreOthers() {
    Credentials[] current = {new Credentials("old", "CANARY", "CANARY")};
    CredentialsProvider provider = () -> current[0];
    Exchange call = Scene.with(builder -> builder.signer(OssSigner.v4("cn-hangzhou", provider)).events(this::note)).call(Request.get());
    call.begin();
    answer(call, Reply.error(403, "SecurityTokenExpired", "<SecurityToken>CANARY</SecurityToken>"));
    current[0] = new Credentials("new", "CANARY", "CANARY2");
    call.refreshed(call.fetchCredentials());
    assertThat(only(OssEvent.CredentialsRefreshed.class).changed()).isTrue();
  }

  @Test
  void anAppendThatMovesTellsFromWhereToWhere() {
    Scene scene = scene(builder -> builder);
    MovesTest.overtaken(scene, 1);
    OssEvent.AppendMoved moved = only(OssEvent.AppendMoved.class);
    assertThat(moved.from()).isEqualTo(1000);
    assertThat(moved.to()).isEqualTo(1001);
  }

  @Test
  void aWriteThatIsProvenIsToldAndSoIsOneThatCanNotBe() {
    for (boolean there : new boolean[] {true, false}) {
      events.clear();
      Exchange call = scene(builder -> builder.policy(RetryPolicy.builder().maxAttempts(1).build())).call(Request.of("POST", "append&position=0", 5));
      call.begin();
      Step step = call.failed(new SocketTimeoutException("Read timed out"), null, true);
      while (step instanceof Step.Digest || step instanceof Step.Probe) {
        step = step instanceof Step.Digest ? call.digested(5, 1, new byte[0]) : there ? stored(call) : call.probeFailed(new IOException("gone"));
        if (step instanceof Step.Pause) {
          step = call.resumed();
        }
      }
      assertThat(kinds()).contains("AttemptStarted").endsWith(there ? "Verified" : "Ambiguous", "CallEnded");
      assertThat(events).anyMatch(e -> e instanceof OssEvent.AttemptStarted s && s.kind() == Event.Kind.PROBE && s.reason() == Reason.APPEND_IN_DOUBT);
    }
  }

  /** Five bytes with that CRC64, and nothing else. */
  private static Step stored(Exchange call) {
    Reply head =
        Reply.of(200).with("x-oss-object-type", "Appendable").with("x-oss-next-append-position", "5").with("x-oss-hash-crc64ecma", "1").with("content-length", "5");
    return call.probed(head, new byte[0], 0, 0);
  }

  @Test
  void anExhaustedBudgetAndAnOpenBreakerAreTold() {
    Scene scene = scene(builder -> builder.retryBudget(RetryBudget.tokens(1, 1, 1)).pacing(false));
    for (int i = 0; i < 30 && kinds().stream().noneMatch("BreakerChanged"::equals); i++) {
      Exchange call = scene.call(PUT);
      Step step = call.begin();
      while (step instanceof Step.Attempt) {
        step = answer(call, BROKEN);
        step = step instanceof Step.Pause ? resume(scene, call, step) : step;
      }
    }
    OssEvent.BreakerChanged changed = only(OssEvent.BreakerChanged.class);
    assertThat(changed.from()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(changed.to()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(events).anyMatch(event -> event instanceof OssEvent.Stopped stopped && stopped.reason() == Reason.BUDGET_EXHAUSTED);
    scene.call(PUT).begin();
    assertThat(events).anyMatch(event -> event instanceof OssEvent.Stopped stopped && stopped.reason() == Reason.CIRCUIT_OPEN);
  }

  @Test
  void aSuccessThatWasHeldBackTellsForHowLong() {
    Exchange call = scene(builder -> builder).call(PUT);
    call.begin();
    answer(call, Reply.of(200).with("x-oss-qos-delay-time", "120"));
    assertThat(only(OssEvent.HeldBack.class).delay()).isEqualTo(Duration.ofMillis(120));
  }

  @Test
  void noServerHoldsBackForYears() {
    Exchange call = scene(builder -> builder).call(PUT);
    call.begin();
    answer(call, Reply.of(200).with("x-oss-qos-delay-time", Long.toString(Long.MAX_VALUE)));
    assertThat(only(OssEvent.HeldBack.class).delay()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatAnAttemptCouldNotBeSignedForIsNoAttemptThatStarted() {
    Exchange call = Scene.with(builder -> builder.signer(OssSigner.v4("cn-hangzhou", () -> null)).events(this::note)).call(PUT);
    assertThat(call.begin()).isInstanceOf(Step.Fail.class);
    assertThat(kinds()).containsExactly("CallEnded");
  }

  @Test
  void whatAListenerThrowsIsLoggedOnceAndTheOthersAreTold() {
    Scene scene =
        Scene.with(
            builder ->
                builder
                    .events(event -> {
                      throw new IllegalStateException("CANARY");
                    })
                    .listener(report -> {
                      throw new IllegalStateException("CANARY");
                    })
                    .events(this::note)
                    .listener(reports::add));
    try (LogRecording log = LogRecording.at(Level.INFO)) {
      for (int i = 0; i < 2; i++) {
        Exchange call = scene.call(PUT);
        call.begin();
        assertThat(answer(call, Reply.of(200))).isInstanceOf(Step.Deliver.class);
      }
      assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN a listener threw java.lang.IllegalStateException;"));
    }
    assertThat(events).hasSize(6);
    assertThat(reports).hasSize(2);
  }

  /** An Error, and a checked exception as Kotlin's listeners throw them: a stored object must not look like a failed call. */
  @Test
  void nothingThatAListenerThrowsReachesTheCall() {
    for (Throwable any : List.of(new NoSuchMethodError("CANARY"), new IOException("CANARY"), new AssertionError("CANARY"))) {
      Scene scene = scene(builder -> builder.events(event -> EventsTest.<RuntimeException>throwAny(any)));
      Exchange call = scene.call(PUT);
      call.begin();
      assertThat(answer(call, Reply.of(200))).isInstanceOf(Step.Deliver.class);
    }
    assertThat(events).hasSize(9);
  }

  @Test
  void aListenerThatMakesCallsWithoutEndComesToAnEnd() {
    Scene[] self = new Scene[1];
    self[0] = Scene.with(builder -> builder.events(event -> self[0].call(PUT)));
    assertThatThrownBy(() -> self[0].call(PUT)).isInstanceOf(StackOverflowError.class);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwAny(Throwable any) throws E {
    throw (E) any;
  }

  @Test
  void aWaitThatWasGivenUpIsNoLongerThanItWas() {
    Scene scene = scene(builder -> builder);
    Exchange call = scene.call(PUT);
    call.begin();
    assertThat(answer(call, Reply.error(503, "SlowDown", "").with("retry-after", "30"))).isInstanceOf(Step.Pause.class);
    scene.clocks.pass(Duration.ofMillis(200));
    call.cancelled(new IOException("Canceled"));
    assertThat(only(OssEvent.CallEnded.class).report().duration()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void noEventIsMadeWhereNobodyListens() {
    Subject subject = Subject.of(PUT, Objects.requireNonNull(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com").targetOf(PUT)), OssCallOptions.none());
    assertThat(Telling.of(Listeners.none().withEnds(reports::add), subject, null)).isNull();
    assertThat(Telling.of(Listeners.none().withEvents(this::note), subject, null)).isNotNull();
    try (LogRecording log = LogRecording.at(Level.DEBUG)) {
      assertThat(Telling.of(Listeners.none(), subject, null)).isNotNull();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aKeyCanNotForgeALine() {
    OssEvent.Call call = new OssEvent.Call("PutObject", Objects.requireNonNull(scene(builder -> builder).call(PUT)).report().operation(), "logs", "a\nWARN b\u2028c");
    assertThat(call.subject()).isEqualTo("PutObject of logs/a?WARN b?c");
    assertThat(new OssEvent.Call("of user\nWARN b", call.operation(), "logs", "a").subject()).isEqualTo("of user?WARN b of logs/a");
  }
}
