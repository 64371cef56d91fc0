package dev.ossresilience.okhttp;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sees which body OkHttp really sends, behind all interceptors of both kinds, and whether or not a response comes: its event is the one
 * place where the last form of a request shows. For one call; the attempts of it are watched one after the other.
 */
final class BodyWatch extends EventListener {
  private volatile @Nullable AttemptBody expected;
  private volatile boolean sawExpected;
  private volatile boolean sawAnother;

  /** Begins to watch another attempt; null for a request without a body. */
  void expect(@Nullable AttemptBody body) {
    expected = body;
    sawExpected = false;
    sawAnother = false;
  }

  /**
   * Whether something else than the expected body may have gone out. Also if it was read and OkHttp sent nothing: then something else
   * may have sent it.
   */
  boolean isReplaced() {
    AttemptBody body = expected;
    return body != null && (sawAnother || (body.isStarted() && (body.isDuplex() || !sawExpected)));
  }

  /** Whether the request with the expected body was about to be sent. */
  boolean isSeen() {
    return sawExpected;
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    sending(request);
  }

  /** A request is about to be sent, in its last form. */
  void sending(Request request) {
    AttemptBody body = expected;
    if (request.body() == body) {
      sawExpected = true;
      if (body != null) {
        body.goesOut();
      }
    } else if (body != null) {
      sawAnother = true;
    }
  }
}
