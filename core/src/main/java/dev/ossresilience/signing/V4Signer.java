package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Signs with V4. The key derived for a day is kept until the day or the credentials change. Thread-safe.
 *
 * @see V4
 */
public final class V4Signer implements OssSigner {
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private final String region;
  private final String product;
  private final List<String> additionalHeaders;
  private final CredentialsProvider provider;

  /** The last derived key; losing a race costs one more derivation. */
  private volatile DerivedKey cached = new DerivedKey("", "", new HmacSha256(new byte[0]));

  private V4Signer(String region, String product, List<String> additionalHeaders, CredentialsProvider provider) {
    this.region = region;
    this.product = product;
    this.additionalHeaders = additionalHeaders;
    this.provider = provider;
  }

  static V4Signer of(String region, CredentialsProvider credentials) {
    Objects.requireNonNull(credentials, "credentials is null: use CredentialsProvider.environment() or another provider");
    Objects.requireNonNull(region, "region is null: set the region's id, for example cn-hangzhou");
    if (region.startsWith("oss-") || !region.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("region '" + region + "' is not a region id: use one like cn-hangzhou, without oss- before it");
    }
    return new V4Signer(region, "oss", List.of(), credentials);
  }

  /**
   * For another product than {@code oss}, for example {@code oss-cloudbox}.
   *
   * @throws IllegalArgumentException if it is not a product's id
   */
  public V4Signer withProduct(String id) {
    if (!id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("product '" + id + "' is not a product's id: use oss or oss-cloudbox");
    }
    return new V4Signer(region, id, additionalHeaders, provider);
  }

  /**
   * Signs these headers too, where a request has them; {@code x-oss-} headers, {@code Content-Type} and {@code Content-MD5} always are.
   * Only headers that reach OSS as the caller sets them: what the HTTP client adds later isn't known when the request is signed, but for
   * {@code Host}, which is.
   */
  public V4Signer withAdditionalHeaders(String... names) {
    return new V4Signer(region, product, List.of(names).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(), provider);
  }

  @Override
  public CredentialsProvider credentials() {
    return provider;
  }

  @Override
  public Map<String, String> sign(SigningRequest request, Credentials credentials, Instant time) {
    V4 v4 = new V4(V4.timestamp(time), region, product);
    Map<String, String> headers = new LinkedHashMap<>(8);
    headers.put("x-oss-date", v4.timestamp());
    headers.put("x-oss-content-sha256", request.headers().getOrDefault("x-oss-content-sha256", UNSIGNED_PAYLOAD));
    credentials.addToken(headers, request);
    Collection<String> additional = V4.additional(request, additionalHeaders);
    String signature = v4.signature(request, headers, additional, key(v4, credentials));
    headers.put("Authorization", v4.authorization(credentials.accessKeyId(), additional, signature));
    return headers;
  }

  @Override
  public Query presign(SigningRequest request, Credentials credentials, Instant time, Duration validity) {
    V4 v4 = new V4(V4.timestamp(time), region, product);
    SigningRequest presignable = v4.presignable(request, credentials, additionalHeaders, validity.toSeconds());
    return presignable.query().with("x-oss-signature", v4.signature(presignable, Map.of(), V4.additional(presignable, additionalHeaders), key(v4, credentials)));
  }

  private HmacSha256 key(V4 v4, Credentials credentials) {
    DerivedKey known = cached;
    if (known.date.equals(v4.date()) && known.secret.equals(credentials.accessKeySecret())) {
      return known.key;
    }
    HmacSha256 derived = new HmacSha256(v4.deriveKey(credentials.accessKeySecret()));
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
    final HmacSha256 key;

    DerivedKey(String date, String secret, HmacSha256 key) {
      this.date = date;
      this.secret = secret;
      this.key = key;
    }
  }
}
