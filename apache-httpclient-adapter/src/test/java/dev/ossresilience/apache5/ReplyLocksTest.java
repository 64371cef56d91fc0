package dev.ossresilience.apache5;

import dev.ossresilience.driver.AsyncClientBinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reply and the attempt it answers know each other, and different threads come to each first: neither may wait for the other. */
class ReplyLocksTest {
  private static final int ROUNDS = 20_000;

  /** As when the scheduler's thread lets go of an error while the rest of its body arrives. */
  @Test
  void isLetGoOfWhileItArrives() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      AtomicReferenceArray<@Nullable Reply> replies = new AtomicReferenceArray<>(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        replies.set(round, answered());
      }
      Future<?> letting = threads.submit(() -> each(replies, together, Reply::abandon));
      Future<?> arriving = threads.submit(() -> each(replies, together, ReplyLocksTest::arrive));
      letting.get(20, TimeUnit.SECONDS);
      arriving.get(20, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Reply answered() {
    AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
    AsyncAttempt attempt = new AsyncAttempt(new BasicHttpRequest("GET", "/"), null, null);
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

  private static @Nullable Void each(AtomicReferenceArray<@Nullable Reply> replies, CyclicBarrier together, Consumer<Reply> action) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 100 == 0) {
        together.await();
      }
      action.accept(Objects.requireNonNull(replies.get(round)));
    }
    return null;
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
