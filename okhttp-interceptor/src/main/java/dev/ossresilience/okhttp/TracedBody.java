package dev.ossresilience.okhttp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that knows who had it written: where that is the part of OkHttp that talks to the server, it goes out as it is; anybody else may
 * make anything of it. Needed only where OkHttp doesn't tell, for each look at the caller costs about a microsecond.
 */
final class TracedBody extends AttemptBody {
  private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final String TO_SERVER = "okhttp3.internal.http.CallServerInterceptor";

  private final AtomicInteger sends = new AtomicInteger();
  private volatile boolean sentAsItIs;

  TracedBody(RequestBody body, boolean once, boolean checked) {
    super(body, once, checked);
  }

  /** How often it went out, or began to, as it is. */
  int sends() {
    return sends.get();
  }

  /** Whether the last one who had it written was OkHttp, to send it. */
  boolean isSentAsItIs() {
    return sentAsItIs;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sentAsItIs = STACK.getCallerClass().getName().equals(TO_SERVER);
    if (sentAsItIs) {
      sends.incrementAndGet();
    }
    super.writeTo(sink);
  }
}
