package dev.ossresilience.write;

import dev.ossresilience.error.OssError;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.xml.HardenedXml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket is the one that was to be created if we may look at it, it is no older than the call and has the ACL that was asked for. */
final class NewBucket implements Evidence {
  private final RequestHead request;

  NewBucket(RequestHead request) {
    this.request = request;
  }

  @Override
  public @Nullable Judgement atOnce() {
    return null;
  }

  @Override
  public Question question() {
    return new Question("GET", "bucketInfo");
  }

  @Override
  public Judgement onAnswer(ResponseHead answer, byte[] body, Duration sinceBegin) {
    List<String> dates = HardenedXml.texts(body, "CreationDate");
    Instant created = dates == null || dates.size() != 1 ? null : Age.isoDate(dates.get(0));
    if (created == null || Age.httpDate(answer.header("Date")) == null) {
      return Judgement.unknowable("the bucket's info doesn't tell since when there is the bucket");
    }
    // An older one of ours is refused for its other attributes: what was asked for is not so.
    String acl = request.header("x-oss-acl");
    boolean another = acl != null && !List.of(acl).equals(HardenedXml.texts(body, "Grant"));
    return another || Age.isBefore(sinceBegin, answer, created) ? Judgement.refused() : Judgement.done(200);
  }

  @Override
  public Judgement onError(OssError error) {
    return error.status() == 403 && "AccessDenied".equals(error.code()) ? Judgement.refused() : Evidence.super.onError(error);
  }
}
