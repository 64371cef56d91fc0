package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;

/** The V4 signature of a presigned URL. */
record V4InQuery(Keys keys, String region) implements Scheme {
  @Override
  public Access check(OssRequest request, Instant now) {
    SigningTime.Reading time = SigningTime.ofQuery(request, now);
    if (time instanceof SigningTime.Reading.Bad bad) {
      return new Access.Refused(bad.failure());
    }
    Instant signed = ((SigningTime.Reading.Good) time).time();
    String expires = parameter(request, "x-oss-expires");
    if (!expires.matches("\\d{1,6}") || Integer.parseInt(expires) < 1 || Integer.parseInt(expires) > V4.MAX_EXPIRES_SECONDS) {
      return argument("x-oss-expires", expires, expires.isEmpty() ? "0002-00000216" : "");
    }
    Failure expired = SigningTime.expired(signed.plusSeconds(Integer.parseInt(expires)), now);
    if (expired != null) {
      return new Access.Refused(expired);
    }
    String credential = parameter(request, "x-oss-credential");
    String[] parts = credential.split("/", -1);
    if (parts.length != 5 || !parts[4].equals("aliyun_v4_request")) {
      return argument("x-oss-credential", credential, "");
    }
    if (!parameter(request, "x-oss-signature-version").equals(V4.ALGORITHM)) {
      return argument("x-oss-signature-version", parameter(request, "x-oss-signature-version"), "");
    }
    String additional = parameter(request, "x-oss-additional-headers");
    return new V4Claim(
            parts[0],
            request.query().first("x-oss-security-token"),
            parts[1],
            parts[2],
            parts[3],
            additional.isEmpty() ? List.of() : List.of(additional.split(";")),
            parameter(request, "x-oss-signature"),
            signed,
            "x-oss-credential")
        .verify(request, keys, region, now);
  }

  private static String parameter(OssRequest request, String name) {
    String value = request.query().first(name);
    return value == null ? "" : value;
  }

  private static Access argument(String name, String value, String ec) {
    return new Access.Refused(Ambiguity.argument(name, value, ec));
  }
}
