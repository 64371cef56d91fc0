package dev.ossresilience.testkit.request;

import dev.ossresilience.testkit.time.HttpDates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Under which conditions a request wants to read an object, or to copy it. */
public record Conditions(
    @Nullable String ifMatch, @Nullable String ifNoneMatch, @Nullable Instant ifModifiedSince, @Nullable Instant ifUnmodifiedSince) {
  /** What became of the conditions. */
  public enum Kind {
    MET,
    /** To be answered with 304. */
    NOT_MODIFIED,
    /** To be answered with 412. */
    FAILED
  }

  /** The kind, and which condition decided; empty if all are met. */
  public record Judgement(Kind kind, String condition) {}

  /**
   * Reads the headers.
   *
   * @param prefix what stands before {@code if-match} and the others: nothing, or {@code x-oss-copy-source-}
   */
  public static Conditions of(OssRequest request, String prefix) {
    return new Conditions(
        request.header(prefix + "if-match"),
        request.header(prefix + "if-none-match"),
        date(request.header(prefix + "if-modified-since")),
        date(request.header(prefix + "if-unmodified-since")));
  }

  /** A condition on the ETag outranks the one on the date that goes with it (RFC 9110, 13.2.2). */
  public Judgement judge(String etag, Instant lastModified) {
    Instant modified = lastModified.truncatedTo(ChronoUnit.SECONDS); // the header has no smaller unit
    if (ifMatch != null && !names(ifMatch, etag)) {
      return new Judgement(Kind.FAILED, "If-Match");
    }
    if (ifMatch == null && ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince)) {
      return new Judgement(Kind.FAILED, "If-Unmodified-Since");
    }
    if (ifNoneMatch != null && names(ifNoneMatch, etag)) {
      return new Judgement(Kind.NOT_MODIFIED, "If-None-Match");
    }
    if (ifNoneMatch == null && ifModifiedSince != null && !modified.isAfter(ifModifiedSince)) {
      return new Judgement(Kind.NOT_MODIFIED, "If-Modified-Since");
    }
    return new Judgement(Kind.MET, "");
  }

  private static boolean names(String etags, String etag) {
    for (String one : etags.split(",", -1)) {
      String bare = one.strip().replace("\"", ""); // clients send them with and without quotes
      if (bare.equals("*") || bare.equalsIgnoreCase(etag.replace("\"", ""))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Instant date(@Nullable String text) {
    return text == null ? null : HttpDates.parse(text.strip());
  }
}
