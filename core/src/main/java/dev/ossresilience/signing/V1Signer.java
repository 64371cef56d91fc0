package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Signs with V1. Sends {@code Date} and no {@code x-oss-date}, since clients and documents differ on which of two would count. */
final class V1Signer implements OssSigner {
  /** With two digits for the day. The JDK's own formatter writes one on the first nine days of a month, and OSS refuses that. */
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

  /** OSS documents no limit; whoever asks for more has mistaken the unit. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final CredentialsProvider provider;

  V1Signer(CredentialsProvider provider) {
    this.provider = Objects.requireNonNull(provider, "credentials is null: use CredentialsProvider.environment() or another provider");
  }

  @Override
  public CredentialsProvider credentials() {
    return provider;
  }

  @Override
  public Map<String, String> sign(SigningRequest request, Credentials credentials, Instant time) {
    Map<String, String> headers = new LinkedHashMap<>(8);
    headers.put("Date", RFC_1123.format(SigningTime.checked(time)));
    if (request.headers().containsKey("x-oss-date")) {
      headers.put("x-oss-date", ""); // which the caller set for another moment
    }
    credentials.addToken(headers, request);
    SigningRequest complete = request.with(headers);
    String signature = new V1(headers.get("Date")).signature(complete, credentials.accessKeySecret());
    headers.put("Authorization", V1.authorization(credentials.accessKeyId(), signature));
    return headers;
  }

  @Override
  public Query presign(SigningRequest request, Credentials credentials, Instant time, Duration validity) {
    if (validity.toSeconds() < 1 || validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a presigned URL can't be good for " + validity
          + ": use at least one second and at most " + LONGEST);
    }
    V1 v1 = V1.presigned(SigningTime.checked(time).plus(validity));
    SigningRequest presignable = v1.presignable(request, credentials);
    return presignable.query().with("Signature", v1.signature(presignable, credentials.accessKeySecret()));
  }

  @Override
  public String toString() {
    return "OssSigner.v1";
  }
}
