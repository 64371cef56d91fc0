package dev.ossresilience.write;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.operation.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What has to be looked at to know whether one doubtful write took effect, and what that means. For one investigation. */
public interface Evidence {
  /**
   * The question to put to the server.
   *
   * @param query of the request, empty for none
   * @param elsewhere what it is about, null if that is what the caller's request is about
   */
  record Question(String method, String query, @Nullable Elsewhere elsewhere) {
    public static final Question HEAD = new Question("HEAD", "");

    Question(String method, String query) {
      this(method, query, null);
    }
  }

  /**
   * Another object on the same host.
   *
   * @param rawPath percent-encoded, with the slash it begins with
   */
  record Elsewhere(Target target, String rawPath) {}

  /**
   * The body of the caller's request, read again.
   *
   * @param start its first bytes, as many as {@link #bodyBytes} asked for
   */
  record Sent(long length, long crc, byte[] start) {}

  /**
   * The call, by the time of a question.
   *
   * @param sinceBegin how long ago it began
   * @param refused whether OSS refused to do it again; else all that is known is that answers were lost
   */
  record Call(Duration sinceBegin, boolean refused) {}

  /** What proves an operation by its {@link dev.ossresilience.operation.Proof}. */
  static Evidence of(Operation operation, RequestHead request, Target target, Query query) {
    return switch (operation.proof()) {
      case NONE, POSITION -> () -> Judgement.unknowable("nothing the server could be asked would tell");
      case GONE -> () -> Judgement.done(204);
      case UNDER_WAY -> () -> Judgement.done(202);
      case PART_ETAGS -> new PartEtags(request, target, query);
      case SAME_CONTENT -> new SameContent(request);
      case SAME_COPY -> new SameCopy(request, target);
      case SAME_LINK -> new SameLink(request);
      case NEW_BUCKET -> new NewBucket(request);
    };
  }

  /** What the refusal alone tells; null if the server must be asked. */
  @Nullable Judgement atOnce();

  /** How many bytes of the body to keep; 0 for its length and CRC64 alone, -1 if it needn't be read. */
  default int bodyBytes() {
    return -1;
  }

  /** Takes the body in; null to go on with the {@link #question}. */
  default @Nullable Judgement onBody(Sent body) {
    return null;
  }

  default Question question() {
    return Question.HEAD;
  }

  /**
   * What a successful answer to the question means; null to go on with another {@link #question}.
   *
   * @param body its start, empty for HEAD
   */
  default @Nullable Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    throw new IllegalStateException("nothing was asked");
  }

  /** What an error means that was answered to the question. */
  default Judgement onError(OssError error) {
    return Judgement.unknowable("asking the server was answered with " + error.status() + (error.code() == null ? "" : " " + error.code()));
  }
}
