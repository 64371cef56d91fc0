package dev.ossresilience.exchange;

import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.Finding;
import dev.ossresilience.http.RequestHead;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the server about one append, a bounded number of times. */
final class Probing {
  /** An investigation asks at most a handful of questions; more means that the server contradicts itself. */
  private static final int QUESTIONS = 4;

  private final RequestHead request;
  private final Signing signing;
  private final Room room;
  private final int maxFailures;
  private int left;
  private Finding.Kind question = Finding.Kind.NEED_HEAD;

  Probing(RequestHead request, Signing signing, Room room, int maxFailures) {
    this.request = request;
    this.signing = signing;
    this.room = room;
    this.maxFailures = maxFailures;
  }

  /** Begins another investigation, with a full allowance. */
  void restart() {
    left = QUESTIONS + maxFailures;
  }

  /** Whether the last question may be asked again. */
  boolean mayAskAgain() {
    return left > 0;
  }

  Finding.Kind question() {
    return question;
  }

  /** The request that asks {@code kind}, null if there is no room for it. */
  @Nullable ProbeRequest ask(Finding.Kind kind, AppendRecovery append) throws SigningException {
    question = kind;
    if (left-- <= 0 || !room.allows(Duration.ZERO)) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept-encoding", "identity"); // lengths and checksums are of the bytes as stored
    headers.put("cache-control", "no-cache"); // a CDN on the way must not answer with what was
    String payer = request.header("x-oss-request-payer");
    if (payer != null) {
      headers.put("x-oss-request-payer", payer);
    }
    boolean range = kind == Finding.Kind.NEED_RANGE;
    if (range) {
      headers.put("range", "bytes=" + append.position() + "-" + (append.position() + append.length() - 1));
      headers.put("x-oss-range-behavior", "standard"); // else a range past the end is answered with the whole object
    }
    String method = range ? "GET" : "HEAD";
    return new ProbeRequest(method, signing.signProbe(method, headers), append.length());
  }
}
