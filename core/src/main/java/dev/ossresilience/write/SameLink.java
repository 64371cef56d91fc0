package dev.ossresilience.write;

import dev.ossresilience.error.OssError;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A symlink is the one that was to be made if its target is the same and it is no older than the call. */
final class SameLink implements Evidence {
  private static final String TARGET = "x-oss-symlink-target";

  private final RequestHead request;

  SameLink(RequestHead request) {
    this.request = request;
  }

  @Override
  public @Nullable Judgement atOnce() {
    return null;
  }

  @Override
  public Question question() {
    return new Question("GET", "symlink");
  }

  @Override
  public Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    String wanted = request.header(TARGET);
    String actual = answer.header(TARGET);
    if (wanted == null || actual == null) {
      return Judgement.unknowable("the answer doesn't tell the symlink's target");
    }
    // Clients encode as much as they like, the server as much as it likes.
    if (!PercentEncoding.decode(wanted).equals(PercentEncoding.decode(actual))) {
      return Judgement.ofOther(call, answer);
    }
    return Judgement.ofSame(call, answer);
  }

  @Override
  public Judgement onError(OssError error) {
    return "NotSymlink".equals(error.code()) ? Judgement.overtaken() : Evidence.super.onError(error);
  }
}
