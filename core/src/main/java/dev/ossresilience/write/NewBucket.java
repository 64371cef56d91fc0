package dev.ossresilience.write;

import dev.ossresilience.error.OssError;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.xml.HardenedXml;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket is the one that was to be created if we may look at it, it is no older than the call and has the ACL, the storage class and
 * the redundancy that were asked for.
 */
final class NewBucket implements Evidence {
  /** A configuration names two things: in bytes, many times what it takes. */
  private static final int MAX_BODY = 16 * 1024;

  private static final List<String> CONFIGURED = List.of("StorageClass", "DataRedundancyType");

  private final RequestHead request;
  private final Map<String, String> wanted = new HashMap<>();

  NewBucket(RequestHead request) {
    this.request = request;
  }

  @Override
  public @Nullable Judgement atOnce() {
    return null;
  }

  @Override
  public int bodyBytes() {
    return request.contentLength() == 0 ? -1 : MAX_BODY;
  }

  @Override
  public @Nullable Judgement onBody(Sent body) {
    for (String name : body.length() == 0 ? List.<String>of() : CONFIGURED) {
      List<String> values = body.length() == body.start().length ? HardenedXml.texts(body.start(), name) : null;
      if (values == null || values.size() > 1) {
        return Judgement.unknowable("the request doesn't tell what bucket was wanted in a way that can be read");
      }
      values.forEach(value -> wanted.put(name, value));
    }
    return null;
  }

  @Override
  public Question question() {
    return new Question("GET", "bucketInfo");
  }

  @Override
  public Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    List<String> dates = HardenedXml.texts(body, "CreationDate");
    if (dates == null || dates.size() != 1) {
      return Judgement.unknowable("the bucket's info can't be read"); // what it lacks may be in the part that was lost
    }
    Instant created = Age.isoDate(dates.get(0));
    boolean another = isAnother("Grant", request.header("x-oss-acl"), body);
    for (String name : CONFIGURED) {
      another |= isAnother(name, wanted.get(name), body);
    }
    if (another) {
      return Judgement.refused(); // what was asked for is not so
    }
    return switch (Age.of(call.sinceBegin(), answer, created)) {
      case OLDER -> Judgement.refused();
      case UNCLEAR -> Judgement.unknowable("the bucket's info doesn't tell whether the bucket is older than the call");
      case NEW -> Judgement.done(200);
    };
  }

  private static boolean isAnother(String name, @Nullable String value, byte[] body) {
    return value != null && !List.of(value).equals(HardenedXml.texts(body, name));
  }

  @Override
  public Judgement onError(OssError error) {
    return error.status() == 403 && "AccessDenied".equals(error.code()) ? Judgement.refused() : Evidence.super.onError(error);
  }
}
