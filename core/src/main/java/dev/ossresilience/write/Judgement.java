package dev.ossresilience.write;

import dev.ossresilience.http.ResponseHead;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a doubtful write in the end.
 *
 * @param status with {@code DONE} the status of the success that was lost; else 0
 * @param headers with {@code DONE} those of its headers that are known; else empty
 * @param body with {@code DONE} its body; else empty
 * @param why with {@code UNKNOWABLE} what stands in the way, in words; else empty
 */
public record Judgement(Kind kind, int status, Map<String, String> headers, String body, String why) {
  /** Headers that say the same in the answer that proves a write as they said in the write's own. */
  private static final String[] KEPT = {"x-oss-request-id", "x-oss-version-id", "ETag", "x-oss-hash-crc64ecma"};

  /** How it stands. */
  public enum Kind {
    /** It took effect. */
    DONE,
    /** It never took effect: a refusal is the whole truth. */
    REFUSED,
    /** Something else is there. A refusal is true, but ours may have been there before. */
    OVERTAKEN,
    /** It can't be known. */
    UNKNOWABLE
  }

  static Judgement done(int status) {
    return new Judgement(Kind.DONE, status, Map.of(), "", "");
  }

  /** A success with what the answer that proves it tells of the result. */
  static Judgement done(int status, ResponseHead proof) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = proof.header(name);
      if (value != null && value.chars().allMatch(c -> c >= ' ' && c <= '~')) { // clients refuse to make headers of other characters
        headers.put(name, value);
      }
    }
    return new Judgement(Kind.DONE, status, headers, "", "");
  }

  /** What is as it was to be: by its age it is the call's doing, or was there all the time, which is why the call was refused. */
  static Judgement ofSame(Evidence.Call call, ResponseHead proof) {
    return switch (age(call, proof)) {
      case NEW -> done(200, proof);
      case UNCLEAR -> unknowable("the same may have been there before the call");
      case OLDER -> mayBeRefused(call, proof) ? refused() : unknowable("where versions are kept nothing is refused");
    };
  }

  /** Something else is there: if it was there all the time, nothing of the call's ever was. */
  static Judgement ofOther(Evidence.Call call, ResponseHead proof) {
    return age(call, proof) == Age.OLDER && mayBeRefused(call, proof) ? refused() : overtaken();
  }

  private static Age age(Evidence.Call call, ResponseHead proof) {
    return Age.of(call.sinceBegin(), proof, Age.httpDate(proof.header("Last-Modified")));
  }

  /** Where versions are kept OSS ignores that nothing is to be overwritten: an attempt under way can still be stored. */
  private static boolean mayBeRefused(Evidence.Call call, ResponseHead proof) {
    return call.refused() || proof.header("x-oss-version-id") == null;
  }

  Judgement withXml(String xml) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("Content-Type", "application/xml");
    return new Judgement(kind, status, more, xml, why);
  }

  static Judgement refused() {
    return new Judgement(Kind.REFUSED, 0, Map.of(), "", "");
  }

  static Judgement overtaken() {
    return new Judgement(Kind.OVERTAKEN, 0, Map.of(), "", "");
  }

  static Judgement unknowable(String why) {
    return new Judgement(Kind.UNKNOWABLE, 0, Map.of(), "", why);
  }
}
