package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.policy.RetryPolicy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt takes from what all calls share it gives back, once, however it ends. */
class EndOfAttemptTest {
  private static final int CALLS = 2000;

  private int permits;
  private int results;

  /** A registry whose breaker is the usual one, with its permits and what came of them counted. */
  private CircuitBreakerRegistry counting() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    return proxy(CircuitBreakerRegistry.class, registry, "circuitBreaker", made -> proxy(CircuitBreaker.class, made, null, null));
  }

  private interface Wrapping {
    Object wrap(Object made);
  }

  private <T> T proxy(Class<T> type, Object real, String wrapped, Wrapping wrapping) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              permits += method.getName().equals("tryAcquirePermission") && Boolean.TRUE.equals(result) ? 1 : 0;
              results += List.of("onError", "onSuccess", "releasePermission").contains(method.getName()) ? 1 : 0;
              return method.getName().equals(wrapped) ? wrapping.wrap(result) : result;
            }));
  }

  /** A call, and what it does now. */
  private static final class Running {
    final Exchange exchange;
    Step step;

    Running(Exchange exchange) {
      this.exchange = exchange;
      this.step = exchange.begin();
    }
  }

  private Step next(Running call, SplittableRandom random) {
    if (call.step instanceof Step.Attempt) {
      return switch (random.nextInt(10)) {
        case 0, 1 -> answer(call.exchange, Reply.error(503, "ActiveRequestLimitExceeded", ""));
        case 2 -> answer(call.exchange, Reply.error(503, "TotalQpsLimitExceeded", ""));
        case 3 -> answer(call.exchange, random.nextBoolean() ? Reply.error(500, "InternalError", "") : Reply.error(404, "NoSuchKey", ""));
        case 4 -> call.exchange.failed(new SocketTimeoutException("lost"), null, true);
        case 5 -> given(call.exchange.cancelledInFlight(new IOException("Canceled"), true));
        case 6 -> abandoned(call.exchange);
        default -> answer(call.exchange, Reply.of(200));
      };
    }
    return switch (random.nextInt(20)) {
      case 0 -> given(call.exchange.cancelled(new IOException("Canceled")));
      case 1 -> abandoned(call.exchange);
      default -> call.exchange.resumed();
    };
  }

  private static Step given(IOException up) {
    return new Step.Fail(up);
  }

  private static Step abandoned(Exchange exchange) {
    exchange.abandoned();
    return new Step.Deliver();
  }

  private static boolean goesOn(Running call) {
    return call.step instanceof Step.Attempt || call.step instanceof Step.Pause;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySlotAndEveryPermitIsGivenBackOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RetryPolicy policy = RetryPolicy.builder().totalTimeout(Duration.ofSeconds(20)).build();
    Scene scene = Scene.with(builder -> builder.circuitBreakers(counting()).policy(policy));
    List<Running> calls = new ArrayList<>();
    int most = 0;
    boolean limited = false;
    for (int begun = 0; begun < CALLS || !calls.isEmpty(); ) {
      if (begun < CALLS && (begun < 30 || calls.isEmpty() || random.nextBoolean())) {
        calls.add(new Running(scene.call(random.nextBoolean() ? Request.get() : Request.of("PUT", null, 5))));
        begun++;
      } else {
        Running call = calls.get(random.nextInt(calls.size()));
        call.step = next(call, random);
        if (!goesOn(call) && random.nextBoolean()) {
          call.exchange.abandoned(); // after the end nothing changes any more
        }
      }
      calls.removeIf(call -> !goesOn(call));
      if (random.nextInt(4) == 0) {
        scene.clocks.pass(Duration.ofMillis(random.nextInt(100)));
      }
      int underWay = (int) calls.stream().filter(call -> call.step instanceof Step.Attempt).count();
      assertThat(scene.oss.load().underWay()).as("seed %d", seed).isEqualTo(underWay);
      assertThat(permits - results).as("seed %d: permits of the circuit breaker", seed).isEqualTo(underWay);
      limited |= scene.oss.load().waitingForSlots() > 0;
      most = Math.max(most, underWay);
    }
    assertThat(scene.oss.load().underWay()).isZero();
    assertThat(scene.oss.load().waitingForSlots()).as("seed %d: nobody is left in line", seed).isZero();
    assertThat(limited).as("seed %d: some had to wait", seed).isTrue();
    assertThat(most).isGreaterThan(5);
  }
}
