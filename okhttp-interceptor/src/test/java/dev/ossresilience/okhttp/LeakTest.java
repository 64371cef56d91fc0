package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.LeakStorm;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Nothing is left of many faulty calls. {@code -Dleak.calls=100000} makes as many as a busy day has; the default takes some seconds. */
class LeakTest {
  private static final long SEED = Long.getLong("leak.seed", 20260115L);
  private static final int CALLS = Integer.getInteger("leak.calls", 3_000);

  @Test
  void interceptorLeavesNothingBehind() throws InterruptedException {
    run(OkHttpUnderTest.execute());
  }

  @Test
  void callFactoryLeavesNothingBehind() throws InterruptedException {
    run(OkHttpUnderTest.factoryEnqueue());
  }

  /** The proof that the tests above can fail: every hundredth response with a body, which alone holds a connection, stays open. */
  @Test
  void connectionThatIsNotLetGoOfIsFoundOut() {
    AtomicInteger bodies = new AtomicInteger();
    Queue<Response> open = new ConcurrentLinkedQueue<>(); // one that nobody has any more OkHttp would find and let go of
    OkHttpUnderTest leaking =
        OkHttpUnderTest.over(
            chain -> {
              Response response = chain.proceed(chain.request());
              if (!hasBody(response) || bodies.incrementAndGet() % 100 != 0) {
                return response;
              }
              open.add(response);
              return chain.proceed(chain.request());
            });

    assertThatThrownBy(() -> LeakStorm.run(leaking, SEED, 2_000, 1)).isInstanceOf(AssertionError.class);
    open.forEach(Response::close);
  }

  /** Likewise: each request leaves so much that what tests before this one still let go of makes no difference. */
  @Test
  void memoryThatIsNotLetGoOfIsFoundOut() {
    Queue<byte[]> kept = new ConcurrentLinkedQueue<>();
    OkHttpUnderTest leaking =
        OkHttpUnderTest.over(
            chain -> {
              kept.add(new byte[16 << 10]);
              return chain.proceed(chain.request());
            });

    assertThatThrownBy(() -> LeakStorm.run(leaking, SEED, 2_000, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("something is left of the calls")
        .hasMessageContaining("most grown: [B ");
    assertThat(kept).as("until here somebody has them").isNotEmpty();
  }

  private static boolean hasBody(Response response) {
    return response.isSuccessful() && response.request().method().equals("GET") && response.body().contentLength() > 0;
  }

  private static void run(AdapterUnderTest adapter) throws InterruptedException {
    System.out.println(LeakStorm.run(adapter, SEED, CALLS) + " (-Dleak.calls=100000 for more)");
  }
}
