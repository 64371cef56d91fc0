package dev.ossresilience.apache5;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.driver.AsyncClientBinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reply and the attempt it answers know each other, and different threads come to each first: neither may wait for the other. */
class ReplyLocksTest {
  private static final int ROUNDS = 20_000;

  /** As when the scheduler's thread lets go of an error while the rest of its body arrives. */
  @Test
  void isLetGoOfWhileItArrives() throws Exception {
    List<Reply> replies = Stream.generate(ReplyLocksTest::answered).limit(ROUNDS).toList();
    inTwoThreads(round -> replies.get(round).abandon(), round -> arrive(replies.get(round)));
  }

  private static void inTwoThreads(IntConsumer one, IntConsumer other) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<@Nullable Void>> both = Stream.of(one, other).map(action -> threads.submit(() -> each(together, action))).toList();
      for (Future<?> each : both) {
        each.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Reply answered() {
    return answered(new AsyncAttempt(new BasicHttpRequest("GET", "/"), null, null));
  }

  private static Reply answered(AsyncAttempt attempt) {
    AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
    attempt.begin(new Silent(), new AsyncClientBinding.Reception<>() {
      @Override
      public void answered(Reply response) {
        reply.set(response);
      }

      @Override
      public void failed(IOException failure) {}
    });
    attempt.handleResponse(new BasicHttpResponse(500), new BasicEntityDetails(10, null));
    return Objects.requireNonNull(reply.get());
  }

  private static @Nullable Void each(CyclicBarrier together, IntConsumer action) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 20 == 0) {
        together.await();
      }
      action.accept(round);
    }
    return null;
  }

  /** HTTP/2's windows refuse what would make them too large, by what they were a moment ago: two threads at once are one too many. */
  @Test
  void oneThreadAtATimeLetsMoreCome() throws Exception {
    Reply reply = answered();
    Window window = new Window();
    reply.updateCapacity(window);
    CompletableFuture<Void> abandoned = Elsewhere.run(reply::abandon);
    window.entered.await();
    reply.updateCapacity(window);
    window.let.countDown();
    abandoned.get();
    assertThat(window.crowded).isFalse();
    assertThat(window.updates).as("what the other thread asked for meanwhile, too").hasValue(2);
  }

  /** Stays in its first update until it is let. */
  private static final class Window implements CapacityChannel {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private final AtomicInteger within = new AtomicInteger();
    private final AtomicInteger updates = new AtomicInteger();
    private volatile boolean crowded;

    @Override
    public void update(int increment) throws IOException {
      crowded |= within.incrementAndGet() > 1;
      try {
        if (updates.incrementAndGet() == 1) {
          entered.countDown();
          let.await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        within.decrementAndGet();
      }
    }
  }

  /** A window that all streams share may be widened by another stream at the same moment. */
  @Test
  void windowThatIsTooLargeForAMomentIsWidenedNonetheless() throws IOException {
    Reply reply = answered();
    AtomicInteger refusals = new AtomicInteger(2);
    AtomicInteger let = new AtomicInteger();
    reply.updateCapacity(increment -> {
      if (refusals.getAndDecrement() > 0) {
        throw new ArithmeticException("too much");
      }
      let.set(increment);
    });
    reply.peek(64, () -> true, start -> {});
    assertThat(let).hasValue(64);
  }

  /** As the client does when the request's body comes to its end after the head of an error and before the error's body. */
  @Test
  void bodyOfAnErrorThatComesAfterTheRequestsEndIsWaitedFor() throws Exception {
    AsyncAttempt attempt = new AsyncAttempt(new BasicHttpRequest("PUT", "/"), null, null);
    Reply reply = answered(attempt);
    List<String> seen = new ArrayList<>();
    reply.peek(100, () -> true, start -> seen.add(new String(start, US_ASCII)));
    reply.consume(ByteBuffer.wrap("<Err".getBytes(US_ASCII)));
    attempt.completed();
    assertThat(seen).isEmpty();
    reply.consume(ByteBuffer.wrap("or/>".getBytes(US_ASCII)));
    reply.streamEnd(null);
    attempt.completed();
    assertThat(seen).containsExactly("<Error/>");
  }

  private static void arrive(Reply reply) {
    try {
      reply.consume(ByteBuffer.wrap(new byte[5]));
    } catch (IOException e) {
      // Nobody wants it: so it is after it was let go of.
    }
  }

  /** Answers nothing of itself. */
  private record Silent() implements Transport, Transport.Sending {
    @Override
    public Sending begin(HttpRequest request, @Nullable AsyncEntityProducer body, boolean probe, AsyncExecCallback callback) {
      return this;
    }

    @Override
    public CallContext context() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int arrivals() {
      return 1;
    }

    @Override
    public void release() {}

    @Override
    public void cancel() {}

    @Override
    public void discard() {}
  }
}
