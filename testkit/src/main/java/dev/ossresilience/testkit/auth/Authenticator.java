package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.operation.Operations;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Lets a request pass or says why not, asking in OSS's order: signed at all, date, key, token, scope, signature. Thread-safe. */
public final class Authenticator {
  /** How far a request's date may be off, in either direction: 15 minutes, documented by OSS. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "OSS4-HMAC-SHA256 Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aliyun_v4_request"
              + "(?:, ?AdditionalHeaders=([^,]*))?, ?Signature=([0-9a-f]{64})");

  private final String region;
  private final ServerClock clock;
  private volatile Credentials credentials;

  public Authenticator(String region, Credentials credentials, ServerClock clock) {
    this.region = region;
    this.credentials = credentials;
    this.clock = clock;
  }

  public void credentials(Credentials newCredentials) {
    credentials = newCredentials;
  }

  /** Null if the request may pass. */
  public @Nullable Failure check(OssRequest request) {
    String authorization = request.header("authorization");
    if (authorization == null) {
      boolean presigned = request.query().has("x-oss-signature") || request.query().has("Signature");
      return presigned ? Operations.notSimulated(request, "a signature in its query") : Failure.of("AccessDenied");
    }
    String dateHeader = request.headers().getOrDefault("x-oss-date", request.header("date"));
    if (dateHeader == null) {
      return Failure.of("AccessDenied").message("OSS authentication requires a valid Date.", "0002-00000503");
    }
    Instant date = HttpDates.parse(dateHeader.trim());
    if (date == null) {
      return Failure.of("AccessDenied").message("Bad date format.", "0002-00000503");
    }
    Instant now = clock.now();
    if (Duration.between(date, now).abs().compareTo(MAX_SKEW) > 0) {
      return Failure.of("RequestTimeTooSkewed")
          .element("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()))
          .element("RequestTime", HttpDates.iso(date))
          .element("ServerTime", HttpDates.iso(now));
    }
    Matcher parts = AUTHORIZATION.matcher(authorization.trim());
    if (!parts.matches()) {
      boolean other = authorization.startsWith("OSS ");
      return other ? Operations.notSimulated(request, "a V1 signature") : Failure.of("AuthorizationHeaderMalformed");
    }
    return check(request, parts, V4.timestamp(date));
  }

  private @Nullable Failure check(OssRequest request, Matcher parts, String timestamp) {
    Credentials known = credentials; // one reading: they may be exchanged meanwhile
    if (!parts.group(1).equals(known.accessKeyId())) {
      return Failure.of("InvalidAccessKeyId").element("OSSAccessKeyId", parts.group(1));
    }
    String token = request.headers().getOrDefault("x-oss-security-token", "");
    if (!token.equals(known.securityToken() == null ? "" : known.securityToken())) {
      return Failure.of("InvalidSecurityToken").element("SecurityToken", token);
    }
    if (!parts.group(2).equals(timestamp.substring(0, 8))) {
      return Failure.of("InvalidArgument").message("Invalid signing date in Authorization header.", "0002-00000212");
    }
    if (!parts.group(3).equals(region)) {
      return Failure.of("AuthorizationHeaderMalformed").message("Invalid signing region in Authorization header.", "");
    }
    if (!parts.group(4).equals("oss")) {
      return Failure.of("InvalidArgument").message("Invalid signing product in Authorization header.", "0002-00000227");
    }
    V4 v4 = new V4(timestamp, region, "oss");
    List<String> additional = parts.group(5) == null ? List.of() : List.of(parts.group(5).split(";"));
    SigningRequest signed = new SigningRequest(request.method(), request.bucket(), request.key(), request.query(), request.headers());
    String expected = v4.signature(signed, additional, v4.deriveKey(known.accessKeySecret()));
    return expected.equals(parts.group(6)) ? null : mismatch(parts, v4, signed);
  }

  private static Failure mismatch(Matcher parts, V4 v4, SigningRequest signed) {
    // The last line of the real text is a hash of the canonical request; this one only differs whenever the request does.
    String described = signed.method() + signed.bucket() + signed.key() + signed.query() + signed.headers();
    String toSign = V4.ALGORITHM + "\n" + v4.timestamp() + "\n" + v4.scope() + "\n" + ByteString.encodeUtf8(described).sha256().hex();
    String bytes = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(toSign.getBytes(StandardCharsets.UTF_8));
    return Failure.of("SignatureDoesNotMatch")
        .element("OSSAccessKeyId", parts.group(1))
        .element("SignatureProvided", parts.group(6))
        .element("StringToSign", toSign)
        .element("StringToSignBytes", bytes);
  }
}
