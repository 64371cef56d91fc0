package dev.ossresilience.write;

import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object that must not be overwritten is the one that was to be put if it has the same bytes and user metadata and is no older than
 * the call: an older one had the key all the time, whatever its bytes.
 */
final class SameContent implements Evidence {
  private final RequestHead request;
  private @Nullable Sent sent;

  SameContent(RequestHead request) {
    this.request = request;
  }

  @Override
  public @Nullable Judgement atOnce() {
    return null;
  }

  @Override
  public int bodyBytes() {
    return 0;
  }

  @Override
  public @Nullable Judgement onBody(Sent body) {
    sent = body;
    boolean changed = request.contentLength() >= 0 && request.contentLength() != body.length();
    return changed ? Judgement.unknowable("the body had another length when it was read again") : null;
  }

  @Override
  public Judgement onAnswer(ResponseHead answer, byte[] body, Duration sinceBegin) {
    Sent ours = Objects.requireNonNull(sent, "the body comes before the question");
    if (Age.isBefore(sinceBegin, answer, Age.httpDate(answer.header("Last-Modified")))) {
      return Judgement.refused();
    }
    String type = answer.header("x-oss-object-type");
    Long length = ServerNumbers.position(answer.header("Content-Length"));
    if ((type != null && !type.equals("Normal")) || (length != null && length != ours.length())) {
      return Judgement.overtaken();
    }
    Long crc = ServerNumbers.crc(answer.header("x-oss-hash-crc64ecma"));
    if (length == null || crc == null) {
      return Judgement.unknowable("the answer doesn't tell the object's length and CRC64");
    }
    if (crc != ours.crc()) {
      return Judgement.overtaken();
    }
    return hasOurMetadata(answer) ? Judgement.done(200, answer) : Judgement.unknowable("the object has the same bytes, but other metadata");
  }

  private boolean hasOurMetadata(ResponseHead answer) {
    boolean[] same = {true};
    request.forEachHeader(
        (name, value) -> {
          boolean ours = name.toLowerCase(Locale.ROOT).startsWith("x-oss-meta-");
          same[0] &= !ours || value.strip().equals(String.valueOf(answer.header(name)).strip());
        });
    return same[0];
  }
}
