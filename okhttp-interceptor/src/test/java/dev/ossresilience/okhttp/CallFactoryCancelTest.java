package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever gives a call up is told so, at once, and nothing more is sent. */
@Timeout(60)
class CallFactoryCancelTest extends OverCallFactory {
  /** Waits so long that a test that waits for it fails. */
  private static final Duration AGES = Duration.ofHours(1);

  private OssResilience.Builder patient() {
    RetryPolicy policy = RetryPolicy.builder().totalTimeout(AGES.multipliedBy(9)).transientBackoff(Backoff.exponential(AGES, AGES)).build();
    return super.resilience().time(TimeSource.system(), Waiter.system()).scheduler(Scheduler.system()).policy(policy).random(() -> 0.9)
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))));
  }

  private Call call(OkHttpClient client, OssResilience.Builder oss) {
    return OssCallFactory.of(client, oss.build()).newCall(request("a").get().build());
  }

  /** The simulator's clock is the virtual one, so that signatures by this machine's are refused: which is what a fault comes before. */
  private void fail() {
    server.faults().next(Fault.internalError());
  }

  private void assertCancelled(int requests) {
    assertThat(server.requestCount()).isEqualTo(requests);
    assertThat(reports).singleElement().satisfies(report -> assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED));
    assertThat(plain.connectionPool().connectionCount()).isEqualTo(plain.connectionPool().idleConnectionCount());
  }

  @Test
  void beforeItBegins() {
    Call call = factory.newCall(request("a").get().build());
    call.cancel();
    assertThat(call.isCanceled()).isTrue();
    assertThatThrownBy(() -> enqueue(call).get()).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
    assertCancelled(0);
    Call executed = factory.newCall(request("a").get().build());
    executed.cancel();
    assertThatThrownBy(executed::execute).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void inAWait() throws Exception {
    fail();
    Call call = call(plain, patient());
    Answer answer = enqueue(call);
    eventually(() -> server.requestCount() == 1 && plain.dispatcher().runningCallsCount() == 0);
    long begin = System.nanoTime();
    call.cancel();
    assertThatThrownBy(answer::get).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
    System.out.println("cancelled in a wait: told after " + (System.nanoTime() - begin) / 1000 + " us");
    assertCancelled(1);
    assertThat(answer.threads).hasSize(1);
  }

  @Test
  void inAWaitOfExecute() throws Exception {
    fail();
    Call call = call(plain, patient());
    Thread canceller = new Thread(() -> {
      try {
        eventually(() -> server.requestCount() == 1 && plain.dispatcher().runningCallsCount() == 0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      call.cancel();
    });
    canceller.start();
    assertThatThrownBy(call::execute).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
    assertCancelled(1);
  }

  @Test
  void anInterruptEndsAWaitOfExecuteAndTheFlagIsKept() throws Exception {
    fail();
    Call call = call(plain, patient());
    Thread caller = Thread.currentThread();
    new Thread(() -> {
      try {
        eventually(() -> server.requestCount() == 1 && plain.dispatcher().runningCallsCount() == 0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      caller.interrupt();
    }).start();
    assertThatThrownBy(call::execute).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertCancelled(1);
  }

  @Test
  void whenAllOfTheDispatchersCallsAreCancelledWithAnAttemptUnderWay() throws Exception {
    server.faults().next(Fault.stall());
    Call call = factory.newCall(request("a").get().build());
    Answer answer = enqueue(call);
    eventually(() -> server.requestCount() == 1);
    plain.dispatcher().cancelAll();
    assertThatThrownBy(answer::get).isInstanceOf(IOException.class);
    assertCancelled(1);
    assertThat(call.isCanceled()).isTrue();
  }

  @Test
  void whileCredentialsAreFetched() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    CredentialsProvider hanging = new CredentialsProvider() {
      @Override
      public Credentials current() {
        return Credentials.of("ak", "sk");
      }

      @Override
      public boolean refresh(Credentials refused, Duration atMost) {
        asked.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          stopped.countDown();
        }
        return false;
      }
    };
    server.faults().next(Fault.error("InvalidAccessKeyId"));
    Call call = call(plain, patient().signer(OssSigner.v4("cn-hangzhou", hanging)));
    Answer answer = enqueue(call);
    asked.await();
    call.cancel();
    assertThatThrownBy(answer::get).hasMessage("Canceled");
    stopped.await(); // nothing is left behind
    assertCancelled(1);
  }

  @Test
  void aProviderThatHangsHoldsUpNoOtherCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CredentialsProvider hanging = new CredentialsProvider() {
      @Override
      public Credentials current() {
        return Credentials.of("ak", "sk");
      }

      @Override
      public boolean refresh(Credentials refused, Duration atMost) {
        asked.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          // nobody waits any more
        }
        return false;
      }
    };
    OssResilience oss = patient().signer(OssSigner.v4("cn-hangzhou", hanging)).policy(RetryPolicy.defaults()).random(() -> 0).build();
    OssCallFactory calls = OssCallFactory.of(plain, oss);
    server.faults().next(Fault.error("InvalidAccessKeyId"));
    Call stuck = calls.newCall(request("a").get().build());
    Answer stuckAnswer = enqueue(stuck);
    asked.await();
    server.faults().next(Fault.error("AccessDenied"));
    enqueue(calls.newCall(request("b").get().build())).get().close();
    stuck.cancel();
    assertThatThrownBy(stuckAnswer::get).hasMessage("Canceled");
  }

  @Test
  void theCallTimeoutEndsAWait() {
    fail();
    OkHttpClient hurried = plain.newBuilder().callTimeout(Duration.ofMillis(200)).build();
    Answer answer = enqueue(call(hurried, patient()));
    assertThatThrownBy(answer::get).isExactlyInstanceOf(InterruptedIOException.class).hasMessage("timeout");
    assertCancelled(1);
  }

  @Test
  void theCallTimeoutEndsAWaitOfExecute() {
    fail();
    Call call = call(plain, patient());
    call.timeout().timeout(200, TimeUnit.MILLISECONDS);
    assertThatThrownBy(call::execute).isExactlyInstanceOf(InterruptedIOException.class).hasMessage("timeout");
    assertCancelled(1);
  }

  @Test
  void theCallTimeoutEndsAnAttemptAndTheReadingOfTheResponse() throws IOException {
    server.faults().next(Fault.stall());
    OkHttpClient hurried = plain.newBuilder().callTimeout(Duration.ofMillis(200)).build();
    OssCallFactory calls = OssCallFactory.of(hurried, resilience().build());
    assertThatThrownBy(() -> enqueue(calls.newCall(request("a").get().build())).get())
        .isExactlyInstanceOf(InterruptedIOException.class).hasMessage("timeout");
    assertCancelled(1);
    server.put("logs", "a", new byte[4 << 20]);
    Response response = calls.newCall(request("a").get().build()).execute();
    try (response) {
      assertThatThrownBy(() -> {
        TimeUnit.MILLISECONDS.sleep(300);
        response.body().bytes();
      }).isInstanceOf(InterruptedIOException.class).hasMessage("timeout");
    }
  }

  @Test
  void aSchedulerThatWasShutDownEndsTheCall() {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    executor.shutdown();
    fail();
    assertThatThrownBy(() -> enqueue(call(plain, patient().scheduler(Scheduler.of(executor)))).get()).hasMessageContaining("scheduler was shut down");
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports).hasSize(1);
  }

  @Test
  void whatWaitedForASlotPastTheDeadlineIsNotSent() throws Exception {
    OkHttpClient narrow = plain.newBuilder().build();
    narrow.dispatcher().setMaxRequestsPerHost(1);
    CountDownLatch occupied = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    OssResilience oss = resilience().scheduler(new VirtualScheduler((nanos, cancelled) -> {
      enqueueOccupant(narrow, occupied, done);
      occupied.await();
      time.await(nanos, cancelled);
    })).build();
    server.faults().next(Fault.throttled("DownloadTrafficRateLimitExceeded"));
    Answer answer = enqueue(OssCallFactory.of(narrow, oss).newCall(request("a").get().build()));
    occupied.await();
    eventually(() -> narrow.dispatcher().queuedCallsCount() == 1);
    time.advance(Duration.ofMinutes(2));
    done.countDown();
    assertThatThrownBy(answer::get).isInstanceOf(OssDeadlineException.class);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  private void enqueueOccupant(OkHttpClient narrow, CountDownLatch occupied, CountDownLatch done) {
    narrow.newBuilder().addInterceptor(chain -> {
      occupied.countDown();
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("done");
    }).build().newCall(request("occupant").get().build()).enqueue(new Answer());
  }
}
