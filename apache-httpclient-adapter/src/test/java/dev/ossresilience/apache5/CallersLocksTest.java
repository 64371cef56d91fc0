package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.VirtualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/**
 * A caller's consumers and bodies may take what locks they like: none of ours is held while they run, or two threads could wait for each
 * other for good, and one of them is the client's that does all the I/O.
 */
@Timeout(60)
class CallersLocksTest extends OverSimulator {
  private final CompletableFuture<Future<?>> call = new CompletableFuture<>();
  private final CompletableFuture<Boolean> wasFree = new CompletableFuture<>();
  private @Nullable CloseableHttpAsyncClient async;

  @AfterEach
  void closeAsync() {
    if (async != null) {
      async.close(CloseMode.IMMEDIATE);
    }
  }

  private CloseableHttpAsyncClient open(boolean wrapped) {
    var oss = settings().scheduler(new VirtualScheduler(time)).build();
    CloseableHttpAsyncClient opened =
        wrapped
            ? OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().disableRedirectHandling().build(), oss)
            : OssHttpClients.configure(HttpAsyncClients.custom(), oss).build();
    opened.start();
    async = opened;
    return opened;
  }

  /** Whether another thread gets through with something now, while the calling one is in the caller's code. */
  private static boolean passes(Runnable action) {
    try {
      Elsewhere.run(action).get(5, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private boolean cancelPasses() {
    return passes(() -> call.join().cancel(true));
  }

  private void begin(boolean wrapped, String method, String key, @Nullable AsyncEntityProducer body, AsyncEntityConsumer<byte[]> into) {
    BasicHttpRequest request = new BasicHttpRequest(method, URI.create(url(key)));
    CloseableHttpAsyncClient through = open(wrapped);
    call.complete(through.execute(new BasicRequestProducer(request, body), new BasicResponseConsumer<>(into), null));
  }

  /** What the client calls one after the other: the caller's code may be in any of them when it is cancelled. */
  private enum Moment {
    START, BYTES, END
  }

  private final class Busy extends BasicAsyncEntityConsumer {
    private final Moment moment;

    Busy(Moment moment) {
      this.moment = moment;
    }

    private void reached(Moment here) {
      if (here == moment && !wasFree.isDone()) {
        wasFree.complete(cancelPasses());
      }
    }

    @Override
    protected void streamStart(@Nullable ContentType type) {
      reached(Moment.START);
    }

    @Override
    protected void data(ByteBuffer source, boolean last) throws IOException {
      reached(source.hasRemaining() ? Moment.BYTES : Moment.END);
      super.data(source, last);
    }
  }

  static Stream<Arguments> moments() {
    return Stream.of(false, true).flatMap(wrapped -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(wrapped, moment)));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void callIsCancelledWhileItsConsumerIsBusy(boolean wrapped, Moment moment) throws Exception {
    send(put("a", "hello"));
    begin(wrapped, "GET", "a", null, new Busy(moment));
    assertThat(wasFree.get()).isTrue();
  }

  /** Of an error the start was read before the caller is given it, by another thread. */
  @ParameterizedTest
  @MethodSource("moments")
  void callIsCancelledWhileItsConsumerIsBusyWithAnError(boolean wrapped, Moment moment) throws Exception {
    begin(wrapped, "GET", "absent", null, new Busy(moment));
    assertThat(wasFree.get()).isTrue();
  }

  /** Writes "hello" once it was asked, as it is told. */
  private static final class Body extends BodyOf {
    private final Consumer<Runnable> asked;

    Body(Consumer<Runnable> asked) {
      super(5, true);
      this.asked = asked;
    }

    @Override
    public void produce(DataStreamChannel channel) {
      asked.accept(() -> {
        try {
          channel.write(ByteBuffer.wrap(bytes("hello")));
          channel.endStream();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callIsCancelledWhileItsBodyIsAsked(boolean wrapped) throws Exception {
    begin(wrapped, "PUT", "a", new Body(write -> wasFree.complete(cancelPasses())), new BasicAsyncEntityConsumer());
    assertThat(wasFree.get()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyIsWrittenByAnotherThreadWhileItIsAsked(boolean wrapped) throws Exception {
    begin(wrapped, "PUT", "a", new Body(write -> wasFree.complete(passes(write))), new BasicAsyncEntityConsumer());
    assertThat(wasFree.get()).isTrue();
    call.join().get();
    assertThat(stored("a")).isEqualTo("hello");
  }
}
