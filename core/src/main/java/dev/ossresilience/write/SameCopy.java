package dev.ossresilience.write;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An object that must not be overwritten is the copy that was to be made if it has the length and CRC64 of the source as that is now, and
 * is no older than the call. Two questions: the source first, then the copy.
 */
final class SameCopy implements Evidence {
  private final RequestHead request;
  private final @Nullable Question source;
  private @Nullable Long length;

  /** Whether it is certain that the source is what it was when the call began. */
  private boolean unchanged;

  private @Nullable Long crc;

  SameCopy(RequestHead request, Target target) {
    this.request = request;
    this.source = source(request, target);
  }

  @Override
  public @Nullable Judgement atOnce() {
    return source == null ? Judgement.unknowable("the source is in another bucket, where it can't be looked at from here") : null;
  }

  @Override
  public Question question() {
    return length == null && source != null ? source : Question.HEAD;
  }

  @Override
  public @Nullable Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    if (length != null && crc != null) {
      Judgement judgement = SameContent.compare(request, answer, length, crc, call);
      return switch (judgement.kind()) {
        case DONE -> judgement.withXml(result(answer));
        case OVERTAKEN -> unchanged ? judgement : Judgement.unknowable("the copy differs from the source, which may have changed since");
        case REFUSED, UNKNOWABLE -> judgement;
      };
    }
    boolean older = Age.of(call.sinceBegin(), answer, Age.httpDate(answer.header("Last-Modified"))) == Age.OLDER;
    unchanged = older || (source != null && !source.query().isEmpty()); // a version never changes
    length = ServerNumbers.length(answer);
    crc = ServerNumbers.crc(answer.header("x-oss-hash-crc64ecma"));
    return length == null || crc == null ? Judgement.unknowable("the answer doesn't tell the source's length and CRC64") : null;
  }

  @Override
  public Judgement onError(OssError error) {
    return Judgement.unknowable(
        "asking for the " + (length == null ? "source" : "copy") + " was answered with " + error.status() + (error.code() == null ? "" : " " + error.code()));
  }

  /** As OSS answers to a copy. */
  private static String result(ResponseHead copy) {
    Instant changed = Age.httpDate(copy.header("Last-Modified"));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CopyObjectResult>"
        + PartEtags.element("ETag", String.valueOf(copy.header("ETag")))
        + (changed == null ? "" : PartEtags.element("LastModified", changed.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z")))
        + "</CopyObjectResult>\n";
  }

  /** HEAD of the source, null if it has another host than the request, for that is where the question would go. */
  private static @Nullable Question source(RequestHead request, Target target) {
    String header = String.valueOf(request.header("x-oss-copy-source"));
    int mark = header.indexOf('?');
    String path = PercentEncoding.decode(mark < 0 ? header : header.substring(0, mark));
    String name = path.startsWith("/") ? path.substring(1) : path;
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      return null;
    }
    Target source = new Target(name.substring(0, slash), name.substring(slash + 1));
    boolean namesBucket = !PercentEncoding.decode(request.rawPath()).equals("/" + target.key()); // the path does, not the host
    if (!namesBucket && !String.valueOf(source.bucket()).equals(target.bucket())) {
      return null;
    }
    String rawPath = "/" + PercentEncoding.encode(namesBucket ? name : String.valueOf(source.key()), true);
    String version = mark < 0 ? null : Query.parse(header.substring(mark + 1)).first("versionId");
    String query = version == null ? "" : "versionId=" + PercentEncoding.encode(version, false);
    return new Question("HEAD", query, new Elsewhere(source, rawPath));
  }
}
