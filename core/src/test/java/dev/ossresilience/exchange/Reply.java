package dev.ossresilience.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.http.ResponseHead;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response. */
record Reply(int status, Map<String, String> headers, String body) implements ResponseHead {
  /** Not a time: its first eight characters are no hex number. */
  private static final String REQUEST_ID = "REQUEST-5E6F70A1B2C3D4AF";

  static Reply of(int status) {
    return new Reply(status, Map.of(), "").with("x-oss-request-id", REQUEST_ID);
  }

  static Reply appended() {
    return of(200).with("x-oss-next-append-position", "15");
  }

  /** An error document with that code; {@code more} are further elements. */
  static Reply error(int status, String code, String more) {
    String document = "<Error><Code>" + code + "</Code><RequestId>" + REQUEST_ID + "</RequestId>" + more + "</Error>";
    return new Reply(status, of(status).headers, document);
  }

  static Reply skewed(Instant serverTime) {
    return error(403, "RequestTimeTooSkewed", "<ServerTime>" + serverTime + "</ServerTime>");
  }

  /** The document in the header, as HEAD is answered. */
  Reply asHead() {
    return new Reply(status, headers, "").with("x-oss-err", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
  }

  Reply dated(Instant date) {
    return with("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
  }

  /** With date and request id of that time, as OSS's own answers have them. */
  Reply datedByOss(Instant date) {
    return dated(date).with("x-oss-request-id", String.format(Locale.ROOT, "%08X5E6F70A1B2C3D4AF", date.getEpochSecond()));
  }

  /** An empty value takes the header away. */
  Reply with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.remove(name);
    if (!value.isEmpty()) {
      changed.put(name, value);
    }
    return new Reply(status, changed, body);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return status + " " + body;
  }
}
