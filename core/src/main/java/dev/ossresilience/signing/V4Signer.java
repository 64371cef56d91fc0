package dev.ossresilience.signing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Signs with V4 in the header; the key derived for a day is kept until the day or the credentials change. */
final class V4Signer implements OssSigner {
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private final String region;
  private final CredentialsProvider provider;

  /** The last derived key; losing a race costs one more derivation. */
  private volatile DerivedKey cached = new DerivedKey("", "", new byte[0]);

  V4Signer(String region, CredentialsProvider provider) {
    this.region = region;
    this.provider = provider;
  }

  @Override
  public Map<String, String> sign(SigningRequest request, Instant time) {
    Credentials credentials = provider.current();
    V4 v4 = new V4(V4.timestamp(time), region, "oss");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-oss-date", v4.timestamp());
    headers.put("x-oss-content-sha256", request.headers().getOrDefault("x-oss-content-sha256", UNSIGNED_PAYLOAD));
    String token = credentials.securityToken();
    if (token != null) {
      headers.put("x-oss-security-token", token);
    } else if (request.headers().containsKey("x-oss-security-token")) {
      headers.put("x-oss-security-token", ""); // left over from other credentials: must not be sent
    }
    SigningRequest complete = request;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      complete = header.getValue().isEmpty() ? complete.withoutHeader(header.getKey()) : complete.withHeader(header.getKey(), header.getValue());
    }
    String signature = v4.signature(complete, Set.of(), key(v4, credentials));
    headers.put("Authorization", v4.authorization(credentials.accessKeyId(), Set.of(), signature));
    return headers;
  }

  private byte[] key(V4 v4, Credentials credentials) {
    DerivedKey known = cached;
    if (known.date.equals(v4.date()) && known.secret.equals(credentials.accessKeySecret())) {
      return known.key;
    }
    byte[] derived = v4.deriveKey(credentials.accessKeySecret());
    cached = new DerivedKey(v4.date(), credentials.accessKeySecret(), derived);
    return derived;
  }

  @Override
  public String toString() {
    return "OssSigner.v4(" + region + ")";
  }

  private static final class DerivedKey {
    final String date;
    final String secret;
    final byte[] key;

    DerivedKey(String date, String secret, byte[] key) {
      this.date = date;
      this.secret = secret;
      this.key = key;
    }
  }
}
