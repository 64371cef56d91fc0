package dev.ossresilience.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.ResponseHead;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What appends one after the other do to each other. */
class OssAppenderTest {
  private record Head(int status, Map<String, String> headers) implements ResponseHead {
    @Override
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  private static OssAppender.Reply ends(long position) {
    return new OssAppender.Reply(new Head(200, Map.of("x-oss-next-append-position", Long.toString(position))), null);
  }

  /** A thread that is virtual stays on its carrier while it holds a monitor, before JDK 24. */
  @Test
  void noMonitorIsHeldWhileAnAppendIsUnderWay() throws Exception {
    OssAppender[] self = new OssAppender[1];
    boolean[] held = new boolean[1];
    self[0] =
        OssAppender.open(
            (method, query, body) -> {
              held[0] |= self[0] != null && Thread.holdsLock(self[0]);
              return ends(body == null ? 0 : 5);
            },
            "logs/k");
    assertThat(self[0].append(new byte[5])).isZero();
    self[0].reopen();
    assertThat(held[0]).isFalse();
  }

  /** The client may have sent it before it threw what it never should. */
  @Test
  void afterSomethingUnforeseenTheLastAppendIsInDoubt() throws Exception {
    boolean[] broken = {true};
    OssAppender log =
        OssAppender.open(
            (method, query, body) -> {
              if (body != null && broken[0]) {
                throw new IllegalStateException("a bug in an interceptor");
              }
              return ends(body == null ? 0 : 5);
            },
            "logs/k");
    assertThatThrownBy(() -> log.append(new byte[5])).isInstanceOf(IllegalStateException.class).hasMessage("a bug in an interceptor");
    broken[0] = false;
    assertThatThrownBy(() -> log.append(new byte[5])).isInstanceOf(IllegalStateException.class).hasMessageContaining("reopen()");
    log.reopen();
    assertThat(log.append(new byte[5])).isZero();
  }
}
