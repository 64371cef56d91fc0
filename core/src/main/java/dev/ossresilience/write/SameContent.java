package dev.ossresilience.write;

import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that must not be overwritten is the one that was to be put if it has the same bytes and user metadata and is no older than
 * the call: an older one had the key all the time, whatever its bytes.
 */
final class SameContent implements Evidence {
  /** What a request can ask for besides user metadata, and HEAD tells in the same words. */
  private static final Set<String> TOLD =
      Set.of("cache-control", "content-disposition", "x-oss-storage-class", "x-oss-server-side-encryption");

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
  public Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    Sent ours = Objects.requireNonNull(sent, "the body comes before the question");
    String type = answer.header("x-oss-object-type");
    return type != null && !type.equals("Normal") ? Judgement.ofOther(call, answer) : compare(request, answer, ours.length(), ours.crc(), call);
  }

  /** What an object proves by its answer to HEAD, if that length and CRC64 were to be stored without overwriting. */
  static Judgement compare(RequestHead request, ResponseHead answer, long length, long crc, Call call) {
    Long actualLength = ServerNumbers.length(answer);
    Long actualCrc = ServerNumbers.crc(answer.header("x-oss-hash-crc64ecma"));
    if ((actualLength != null && actualLength != length) || (actualCrc != null && actualCrc != crc)) {
      return Judgement.ofOther(call, answer);
    }
    if (actualLength == null || actualCrc == null) {
      return Judgement.unknowable("the answer doesn't tell the object's length and CRC64");
    }
    Judgement same = Judgement.ofSame(call, answer);
    if (same.kind() != Judgement.Kind.DONE) {
      return same;
    }
    int[] compared = {0};
    boolean[] ours = {true};
    request.forEachHeader(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          compared[0] += lower.startsWith("x-oss-meta-") ? 1 : 0;
          if (lower.startsWith("x-oss-meta-") || TOLD.contains(lower)) {
            ours[0] &= value.strip().equals(String.valueOf(answer.header(name)).strip());
          }
        });
    if (!ours[0]) {
      return Judgement.unknowable("the object has the same bytes, but other metadata");
    }
    // Two that compete for a lock with nothing in it must not both believe they hold it.
    boolean anybodys = length == 0 && compared[0] == 0;
    return anybodys ? Judgement.unknowable("an empty object without user metadata can be anybody's") : same;
  }
}
