package dev.ossresilience.okhttp;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.VirtualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A call factory over a client with default settings, against the simulator in virtual time. */
abstract class OverCallFactory extends OverSimulator {
  OkHttpClient plain;
  OssCallFactory factory;

  @BeforeEach
  void open() {
    plain = new OkHttpClient();
    factory = OssCallFactory.of(plain, resilience().build());
  }

  @AfterEach
  void shutDown() {
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }

  @Override
  OssResilience.Builder resilience() {
    return super.resilience().scheduler(new VirtualScheduler(time));
  }

  /** What came of an enqueued call, and on which thread; a second answer is an error. */
  static class Answer implements Callback {
    final CompletableFuture<Response> response = new CompletableFuture<>();
    final List<Thread> threads = new ArrayList<>();

    @Override
    public synchronized void onFailure(Call call, IOException e) {
      threads.add(Thread.currentThread());
      response.completeExceptionally(e);
    }

    @Override
    public synchronized void onResponse(Call call, Response answered) {
      threads.add(Thread.currentThread());
      response.complete(answered);
    }

    Response get() throws IOException {
      try {
        return response.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  static Answer enqueue(Call call) {
    Answer answer = new Answer();
    call.enqueue(answer);
    return answer;
  }

  /** Waits in real time, for what happens on other threads; it takes no time if all is well. */
  static void eventually(java.util.function.BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); !condition.getAsBoolean(); TimeUnit.MILLISECONDS.sleep(1)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never came to that");
      }
    }
  }
}
