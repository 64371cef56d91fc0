package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.V1;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The V1 signature in {@code Authorization}. */
record V1InHeader(Keys keys) implements Scheme {
  @Override
  public Access check(OssRequest request, Instant now) {
    if (SigningTime.ofHeader(request, now) instanceof SigningTime.Reading.Bad bad) {
      return new Access.Refused(bad.failure());
    }
    String claimed = request.headers().getOrDefault("authorization", "").trim().substring(V1.PREFIX.length());
    int colon = claimed.indexOf(':');
    if (colon < 1) {
      return new Access.Refused(Failure.of("InvalidArgument").message("Authorization header is invalid.", ""));
    }
    // Java v1 and Go sign the Date header, Java v2 prefers x-oss-date; Java v2 also names the token's header otherwise.
    List<String> dates = Stream.of(request.header("x-oss-date"), request.header("date")).filter(Objects::nonNull).toList();
    String token = request.headers().getOrDefault("x-oss-security-token", request.header("security-token"));
    return new V1Claim(claimed.substring(0, colon), token, claimed.substring(colon + 1), dates).verify(request, keys, now);
  }
}
