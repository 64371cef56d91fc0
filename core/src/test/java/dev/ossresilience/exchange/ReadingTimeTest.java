package dev.ossresilience.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long a driver may look into a body that keeps coming. */
class ReadingTimeTest {
  private long nanos;

  @Test
  void aBodyIsLookedIntoForTwoSeconds() {
    Exchange exchange = exchange(Duration.ofSeconds(60));
    long since = exchange.now();
    nanos += Duration.ofMillis(1999).toNanos();
    assertThat(exchange.mayReadOn(since)).isTrue();
    nanos += Duration.ofMillis(1).toNanos();
    assertThat(exchange.mayReadOn(since)).isFalse();
  }

  @Test
  void andNeverPastTheDeadline() {
    Exchange exchange = exchange(Duration.ofSeconds(1));
    long since = exchange.now();
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(exchange.mayReadOn(since)).isFalse();
  }

  private Exchange exchange(Duration totalTimeout) {
    TimeSource time =
        new TimeSource() {
          @Override
          public Instant wallTime() {
            return Instant.EPOCH;
          }

          @Override
          public long nanoTime() {
            return nanos;
          }
        };
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"))
            .policy(RetryPolicy.builder().totalTimeout(totalTimeout).build())
            .time(time, (wait, cancelled) -> nanos += wait)
            .build();
    return oss.exchangeFor(new Get());
  }

  private record Get() implements RequestHead {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String scheme() {
      return "https";
    }

    @Override
    public String host() {
      return "b.oss-cn-hangzhou.aliyuncs.com";
    }

    @Override
    public int port() {
      return 443;
    }

    @Override
    public String rawPath() {
      return "/k";
    }

    @Override
    public @Nullable String rawQuery() {
      return null;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {}

    @Override
    public long contentLength() {
      return 0;
    }

    @Override
    public boolean isBodyRepeatable() {
      return true;
    }
  }
}
