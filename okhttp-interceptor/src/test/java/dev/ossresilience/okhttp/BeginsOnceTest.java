package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.Traffic;
import dev.ossresilience.load.Turn;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** A first attempt that has to wait for its turn leaves the slot in which its call began, and may be sent in another before it has left. */
class BeginsOnceTest extends OverSimulator {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Ends each wait at once, on another thread, and doesn't return from being asked to wait before the request is answered. */
  private final class Hurried implements Scheduler {
    final AtomicInteger waits = new AtomicInteger();
    final CountDownLatch answered = new CountDownLatch(1);

    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
      waits.incrementAndGet();
      time.advance(delay);
      new Thread(task, "hurried").start();
      try {
        answered.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }
  }

  @Test
  void aCallWhoseTurnComesWhileItBeginsBeginsOnce() throws IOException {
    Hurried scheduler = new Hurried();
    OssResilience oss = resilience().scheduler(scheduler).build();
    everythingHasToWait(oss.load());
    OkHttpClient client = new OkHttpClient();
    OverCallFactory.Answer answer = new OverCallFactory.Answer() {
      @Override
      public synchronized void onResponse(okhttp3.Call call, Response response) {
        super.onResponse(call, response);
        scheduler.answered.countDown();
      }

      @Override
      public synchronized void onFailure(okhttp3.Call call, IOException e) {
        super.onFailure(call, e);
        scheduler.answered.countDown();
      }
    };
    OssCallFactory.of(client, oss).newCall(new okhttp3.Request.Builder().url(server.endpoint() + "/logs/k").put(RequestBody.create(HELLO, null)).build()).enqueue(answer);
    try (Response response = answer.get()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(Objects.requireNonNull(OssRetryInterceptor.reportOf(response)).attempts()).isEqualTo(1);
    }
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    assertThat(scheduler.waits.get()).as("it had to wait").isPositive();
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(answer.threads).hasSize(1);
    assertThat(reports).hasSize(1);
  }

  private void everythingHasToWait(LoadControl load) {
    Traffic put = new Traffic(ThrottleScope.UPLOAD, HELLO.length, false, "logs", "k");
    Turn turn = Objects.requireNonNull(load.turn(put, time.nanoTime(), HOUR));
    assertThat(load.admits(put, turn, true, time.nanoTime())).isTrue();
    load.answered(put, true, ThrottleScope.TOTAL, false, 0, time.nanoTime(), time.nanoTime());
    assertThat(load.turn(put, time.nanoTime(), HOUR)).isNotNull();
  }
}
