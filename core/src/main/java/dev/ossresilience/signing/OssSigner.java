package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Signs requests, anew before each attempt. Implementations are thread-safe, and pure but for what they may cache: credentials and time
 * are handed in.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-headers">OSS: signatures in headers</a>
 */
public interface OssSigner {
  /** Where the credentials come from that {@link #sign} is called with. */
  CredentialsProvider credentials();

  /**
   * The headers to set on a request so that it is signed for {@code time}; each replaces a header of the same name. A value of
   * the empty text means that the header must be removed.
   *
   * @throws UnsignableException if the time can't be written in a signature
   */
  Map<String, String> sign(SigningRequest request, Credentials credentials, Instant time);

  /** The same with the credentials in force now. */
  default Map<String, String> sign(SigningRequest request, Instant time) {
    return sign(request, Credentials.from(credentials()), time);
  }

  /**
   * The whole query of a URL that makes the request without any other signature.
   *
   * @param validity how long the URL is good from {@code time} on, in whole seconds
   * @throws IllegalArgumentException if it can't be good for that long
   * @throws UnsignableException if the time can't be written in a signature
   * @throws UnsupportedOperationException if this signer signs headers only
   */
  default Query presign(SigningRequest request, Credentials credentials, Instant time, Duration validity) {
    throw new UnsupportedOperationException(this + " can't presign URLs: use OssSigner.v4 or OssSigner.v1");
  }

  /**
   * The V4 signature (OSS4-HMAC-SHA256), the one OSS recommends.
   *
   * @param region the region's id without a prefix, for example {@code cn-hangzhou}
   * @throws IllegalArgumentException if {@code region} is empty or starts with {@code oss-}
   */
  static V4Signer v4(String region, CredentialsProvider credentials) {
    return V4Signer.of(region, credentials);
  }

  /** The V1 signature (HMAC-SHA1), for endpoints and tools that know no other. */
  static OssSigner v1(CredentialsProvider credentials) {
    return new V1Signer(credentials);
  }
}
