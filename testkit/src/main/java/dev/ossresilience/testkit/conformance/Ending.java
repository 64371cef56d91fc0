package dev.ossresilience.testkit.conformance;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a call ended: one of both. */
record Ending(@Nullable TestResponse response, @Nullable Throwable thrown) {
  /** Waits for it; null if it hangs. */
  static @Nullable Ending of(Future<TestResponse> call, Duration hangs) throws InterruptedException {
    try {
      return new Ending(call.get(hangs.toSeconds(), TimeUnit.SECONDS), null);
    } catch (ExecutionException e) {
      return new Ending(null, e.getCause());
    } catch (TimeoutException e) {
      return null;
    }
  }

  boolean isSuccess() {
    return response != null && response.status() / 100 == 2;
  }
}
