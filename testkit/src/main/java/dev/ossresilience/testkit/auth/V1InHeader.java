package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.V1;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.auth.SigningTime.Reading;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The V1 signature in {@code Authorization}. */
record V1InHeader(Keys keys) implements Scheme {
  @Override
  public Access check(OssRequest request, Instant now) {
    // Java v1 and Go sign the Date header, Java v2 prefers x-oss-date. Neither counts while only the other one is signed.
    List<String> dates = Stream.of("x-oss-date", "date").filter(name -> request.header(name) != null).toList();
    List<String> good = dates.stream().filter(name -> SigningTime.ofHeader(request, name, now) instanceof Reading.Good).toList();
    if (good.isEmpty() && SigningTime.ofHeader(request, now) instanceof Reading.Bad bad) {
      return new Access.Refused(bad.failure());
    }
    String claimed = request.headers().getOrDefault("authorization", "").trim().substring(V1.PREFIX.length());
    int colon = claimed.indexOf(':');
    if (colon < 1) {
      return new Access.Refused(Failure.of("InvalidArgument").message("Authorization header is invalid.", ""));
    }
    String accessKeyId = claimed.substring(0, colon);
    String signature = claimed.substring(colon + 1);
    // Java v2 names the token's header without x-oss-.
    String token = request.headers().getOrDefault("x-oss-security-token", request.header("security-token"));
    Access access = new V1Claim(accessKeyId, token, signature, values(request, good)).verify(request, keys, now);
    for (String name : dates) {
      boolean covered = new V1Claim(accessKeyId, token, signature, values(request, List.of(name))).verify(request, keys, now).isGranted();
      if (!access.isGranted() && covered && SigningTime.ofHeader(request, name, now) instanceof Reading.Bad bad) {
        return new Access.Refused(bad.failure());
      }
    }
    return access;
  }

  private static List<String> values(OssRequest request, List<String> names) {
    return names.stream().map(request::header).filter(Objects::nonNull).toList();
  }
}
