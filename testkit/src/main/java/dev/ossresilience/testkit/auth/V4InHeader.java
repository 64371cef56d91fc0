package dev.ossresilience.testkit.auth;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The V4 signature in {@code Authorization}. */
record V4InHeader(Keys keys, String region) implements Scheme {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "OSS4-HMAC-SHA256 Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aliyun_v4_request"
              + "(?:, ?AdditionalHeaders=([^,]*))?, ?Signature=([0-9a-f]{64})");

  @Override
  public Access check(OssRequest request, Instant now) {
    SigningTime.Reading time = SigningTime.ofHeader(request, now);
    if (time instanceof SigningTime.Reading.Bad bad) {
      return new Access.Refused(bad.failure());
    }
    Matcher parts = AUTHORIZATION.matcher(request.headers().getOrDefault("authorization", "").trim());
    if (!parts.matches()) {
      return new Access.Refused(Failure.of("AuthorizationHeaderMalformed"));
    }
    return new V4Claim(
            parts.group(1),
            request.header("x-oss-security-token"),
            parts.group(2),
            parts.group(3),
            parts.group(4),
            parts.group(5) == null ? List.of() : List.of(parts.group(5).split(";")),
            parts.group(6),
            ((SigningTime.Reading.Good) time).time(),
            "Authorization header")
        .verify(request, keys, region, now);
  }
}
