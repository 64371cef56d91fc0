package dev.ossresilience.signing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Temporary credentials, in virtual time; threads meet at latches and queues, nobody sleeps. */
@Timeout(30)
class SessionProviderTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger fetches = new AtomicInteger();

  private final TimeSource time =
      new TimeSource() {
        @Override
        public Instant wallTime() {
          return Instant.EPOCH; // a wrong wall clock makes no difference
        }

        @Override
        public long nanoTime() {
          return nanos.get();
        }
      };

  private final SessionProvider counting = provider(() -> number(fetches.incrementAndGet()));

  @Test
  void areFetchedWhenTheyAreFirstNeededAndThenKept() {
    assertThat(fetches).hasValue(0);
    assertThat(counting.current(LONG)).isEqualTo(id(1));
    pass(HOUR.minusMinutes(6));
    assertThat(counting.current()).isEqualTo(id(1));
    assertThat(fetches).hasValue(1);
  }

  @Test
  void manyCallersAtOnceCauseOneFetch() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    SessionProvider provider =
        provider(
            () -> {
              asked.countDown();
              answer.await();
              return number(fetches.incrementAndGet());
            });
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Future<Credentials>> callers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        callers.add(threads.submit(() -> provider.current(LONG)));
      }
      asked.await();
      answer.countDown();
      for (Future<Credentials> caller : callers) {
        assertThat(caller.get()).isEqualTo(id(1));
      }
      assertThat(fetches).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void areRenewedInTheBackgroundWhileTheOldOnesAreUsed() throws Exception {
    Script script = new Script();
    SessionProvider provider = provider(script);
    script.answers.add(number(1));
    provider.current(LONG);
    script.awaitAsked();
    pass(HOUR.minusSeconds(30));
    assertThat(provider.current(LONG)).isEqualTo(id(1));
    script.awaitAsked(); // by the background; its answer is still to come
    assertThat(provider.current(LONG)).isEqualTo(id(1));
    script.answers.add(number(2));
    pass(Duration.ofSeconds(40)); // the old ones have ended: whoever comes now waits for the new ones
    assertThat(provider.current(LONG)).isEqualTo(id(2));
    assertThat(script.asked).isEmpty();
  }

  @Test
  void expiredOnesAreNeverUsed() {
    counting.current(LONG);
    pass(HOUR);
    assertThat(counting.current(LONG)).isEqualTo(id(2));
  }

  @Test
  void aSourceThatIsDownKeepsTheOldOnesAndIsAskedOnceASecond() throws Exception {
    Script script = new Script();
    SessionProvider provider = provider(script);
    script.answers.add(number(1));
    provider.current(LONG);
    script.awaitAsked();
    pass(HOUR.minusMinutes(4));
    script.answers.add(new IOException("down"));
    provider.current(LONG);
    script.awaitAsked();
    script.awaitFetchThreadsEnd();
    pass(Duration.ofMillis(999));
    assertThat(provider.current(LONG)).isEqualTo(id(1));
    script.awaitFetchThreadsEnd();
    assertThat(script.asked).isEmpty();
    pass(Duration.ofMillis(1));
    script.answers.add(number(2));
    assertThat(provider.current(LONG)).isEqualTo(id(1));
    script.awaitAsked();
  }

  @Test
  void aSourceThatHangsIsWaitedForNoLongerThanAsked() {
    CountDownLatch never = new CountDownLatch(1);
    SessionProvider provider =
        provider(
            () -> {
              never.await();
              return number(1);
            });
    assertThatThrownBy(() -> provider.current(Duration.ofMillis(20)))
        .isInstanceOf(UnsignableException.class)
        .hasMessageContaining("did not answer within 20 ms");
    never.countDown();
    assertThat(provider.current(LONG)).isEqualTo(id(1));
  }

  @Test
  void aSourceThatThrowsIsNamedByClassOnly() {
    SessionProvider provider =
        provider(
            () -> {
              throw new IOException("CANARY", new IllegalStateException("CANARY"));
            });
    assertThatThrownBy(() -> provider.current(LONG))
        .hasMessage("the source of session credentials threw java.io.IOException")
        .hasStackTraceContaining("java.lang.IllegalStateException")
        .hasStackTraceContaining("SessionProviderTest")
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("CANARY"));
    assertThat(provider.toString()).doesNotContain("CANARY");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aSourceThatReturnsNothingIsNamed() {
    assertThatThrownBy(() -> provider(() -> null).current(LONG)).hasMessageContaining("NullPointerException");
  }

  @Test
  void refusedOnesAreFetchedAnewOnceForAllWhoWereRefused() {
    Credentials refused = counting.current(LONG);
    assertThat(counting.refresh(refused, LONG)).isTrue();
    assertThat(counting.refresh(refused, LONG)).isTrue();
    assertThat(fetches).hasValue(2);
    assertThat(counting.current(LONG)).isEqualTo(id(2));
  }

  @Test
  void aSourceIsNotFloodedByThoseWhoAreRefusedEverything() {
    for (int i = 0; i < 200; i++) {
      counting.refresh(counting.current(LONG), LONG);
    }
    assertThat(fetches).hasValue(2);
    pass(Duration.ofSeconds(1));
    assertThat(counting.refresh(counting.current(LONG), LONG)).isTrue();
    assertThat(fetches).hasValue(3);
  }

  @Test
  void aSourceThatStaysDownIsAskedLessAndLessOften() {
    AtomicInteger asked = new AtomicInteger();
    SessionProvider provider =
        provider(
            () -> {
              asked.incrementAndGet();
              throw new IOException("down");
            });
    for (int second = 0; second < 70; second++) {
      assertThatThrownBy(() -> provider.current(LONG)).hasMessageContaining("IOException");
      pass(Duration.ofSeconds(1));
    }
    assertThat(asked).as("at 0, 1, 3, 7, 15, 31 and 63 s").hasValue(7);
  }

  @Test
  void aFetchThatNeverEndsIsGivenUpForLost() {
    AtomicInteger asked = new AtomicInteger();
    SessionProvider provider =
        provider(
            () -> {
              if (asked.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
              }
              return number(1);
            });
    assertThatThrownBy(() -> provider.current(Duration.ofMillis(20))).hasMessageContaining("did not answer");
    pass(Duration.ofSeconds(60));
    assertThat(provider.current(LONG)).isEqualTo(id(1));
  }

  @Test
  void theSameOnesAgainAreNoRefresh() {
    SessionProvider provider = provider(() -> number(1));
    assertThat(provider.refresh(provider.current(LONG), LONG)).isFalse();
  }

  @Test
  void interruptionEndsTheWaitAndKeepsTheFlag() {
    CountDownLatch never = new CountDownLatch(1);
    SessionProvider provider =
        provider(
            () -> {
              never.await();
              return number(1);
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> provider.current(LONG)).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }

  /** Answers what it is told to, when it is told to. */
  private static final class Script implements SessionCredentials.Source {
    final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
    private Thread last = Thread.currentThread();

    @Override
    public SessionCredentials fetch() throws Exception {
      asked.add(Thread.currentThread());
      Object answer = answers.take();
      if (answer instanceof Exception thrown) {
        throw thrown;
      }
      return (SessionCredentials) answer;
    }

    void awaitAsked() throws InterruptedException {
      Thread thread = asked.poll(20, SECONDS);
      assertThat(thread).as("the source was asked").isNotNull();
      last = thread;
    }

    void awaitFetchThreadsEnd() throws InterruptedException {
      if (last != Thread.currentThread()) {
        last.join();
      }
    }
  }

  private SessionProvider provider(SessionCredentials.Source source) {
    return new SessionProvider(source, time);
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  private static SessionCredentials number(int n) {
    return new SessionCredentials(id(n), HOUR);
  }

  private static Credentials id(int n) {
    return new Credentials("id" + n, "secret", "token");
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }
}
