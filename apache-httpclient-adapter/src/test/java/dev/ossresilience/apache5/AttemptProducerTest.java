package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that keeps the channel it is given and writes from a thread of its own, while others ask what has gone out or begin again. */
@Timeout(30)
class AttemptProducerTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final Later later = new Later();
  private final AttemptProducer attempt = new AttemptProducer(later, false, true);

  /** Takes so many bytes, once it is let. */
  private static final class Slow implements DataStreamChannel {
    private final int takes;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);

    Slow(int takes) {
      this.takes = takes;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      entered.countDown();
      try {
        let.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      int count = Math.min(takes, source.remaining());
      source.position(source.position() + count);
      return count;
    }

    @Override
    public void requestOutput() {}

    @Override
    public void endStream() {}

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) {}
  }

  private static final class Later extends BodyOf {
    private final AtomicInteger rewinds = new AtomicInteger();
    private volatile @Nullable DataStreamChannel channel;

    Later() {
      super(HELLO.length, true);
    }

    @Override
    public void produce(DataStreamChannel to) {
      channel = to;
    }

    @Override
    public void releaseResources() {
      rewinds.incrementAndGet();
    }
  }

  /** A write that has come to the channel, and stays there. */
  private CompletableFuture<Void> writing(Slow channel) throws Exception {
    attempt.produce(channel);
    DataStreamChannel ours = later.channel;
    CompletableFuture<Void> write = Elsewhere.run(() -> {
      try {
        assertThat(ours).isNotNull();
        ours.write(ByteBuffer.wrap(HELLO));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    channel.entered.await();
    return write;
  }

  /** Gives what shouldn't end now a chance to. */
  private static void settle(CompletableFuture<?> waits) throws Exception {
    try {
      waits.get(50, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // as it should be
    }
  }

  @Test
  void whatIsBeingWrittenMayHaveGoneOut() throws Exception {
    Slow channel = new Slow(0);
    CompletableFuture<Void> write = writing(channel);
    assertThat(attempt.isStarted()).isTrue();
    channel.let.countDown();
    write.get();
  }

  @Test
  void howMuchWentIsToldWhenItIsKnown() throws Exception {
    Slow channel = new Slow(2);
    CompletableFuture<Void> write = writing(channel);
    CompletableFuture<Boolean> whole = Elsewhere.supply(attempt::isWhole);
    settle(whole);
    channel.let.countDown();
    write.get();
    assertThat(whole.get()).isFalse();
  }

  @Test
  void theNextAttemptWaitsForWhatIsBeingWritten() throws Exception {
    Slow channel = new Slow(HELLO.length);
    CompletableFuture<Void> write = writing(channel);
    CompletableFuture<Void> retired = Elsewhere.run(attempt::retireWholly);
    settle(retired);
    assertThat(retired).isNotDone();
    channel.let.countDown();
    write.get();
    retired.get();
  }

  @Test
  void whatIsBeingWrittenCountsBeforeTheBodyIsRewound() throws Exception {
    Slow channel = new Slow(HELLO.length);
    CompletableFuture<Void> write = writing(channel);
    attempt.releaseResources();
    assertThat(later.rewinds).hasValue(0);
    channel.let.countDown();
    write.get();
    assertThat(later.rewinds).hasValue(1);
    Slow again = new Slow(HELLO.length);
    again.let.countDown();
    writing(again).get();
    assertThat(attempt.isWhole()).as("five bytes, not ten").isTrue();
  }
}
