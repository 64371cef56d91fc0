package dev.ossresilience.signing;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Signs requests, anew before each attempt. Implementations are thread-safe.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-headers">OSS: signatures in headers</a>
 */
public interface OssSigner {
  /**
   * The headers to set on a request so that it is signed for {@code time}; each replaces a header of the same name. A value of
   * the empty text means that the header must be removed.
   */
  Map<String, String> sign(SigningRequest request, Instant time);

  /**
   * The V4 signature (OSS4-HMAC-SHA256) in the {@code Authorization} header.
   *
   * @param region the region's id without a prefix, for example {@code cn-hangzhou}
   * @throws IllegalArgumentException if {@code region} is empty or starts with {@code oss-}
   */
  static OssSigner v4(String region, CredentialsProvider credentials) {
    Objects.requireNonNull(credentials, "credentials");
    if (region.isBlank() || region.startsWith("oss-") || !region.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("region '" + region + "' is not a region id: use one like cn-hangzhou, without oss- before it");
    }
    return new V4Signer(region, credentials);
  }
}
