package dev.ossresilience.exchange;

import dev.ossresilience.http.RequestHead;
import dev.ossresilience.write.Evidence.Question;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the server about one write, a bounded number of times. */
final class Probing {
  /** An investigation asks at most a handful of questions; more means that the server contradicts itself. */
  private static final int QUESTIONS = 4;

  private static final ProbeRequest HEAD = ProbeRequest.of(Question.HEAD);

  private final RequestHead request;
  private final Signing signing;
  private final Room room;
  private final int maxFailures;
  private int left;
  private ProbeRequest question = HEAD;

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

  /** The last one, as it was before it was signed. */
  ProbeRequest question() {
    return question;
  }

  /** Notes what is asked next. */
  void next(ProbeRequest asked) {
    question = asked;
  }

  /** The question as it can be sent, null if there is no room for it. */
  @Nullable ProbeRequest ask() throws SigningException {
    ProbeRequest asked = question;
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
    headers.putAll(asked.headers());
    return asked.with(signing.signProbe(asked, headers));
  }
}
