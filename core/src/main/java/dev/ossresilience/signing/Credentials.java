package dev.ossresilience.signing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An access key, with a security token if it was issued by STS. Immutable.
 *
 * @param securityToken null for a long-term access key
 */
public record Credentials(String accessKeyId, String accessKeySecret, @Nullable String securityToken) {
  public Credentials {
    requireText(accessKeyId, "accessKeyId");
    requireText(accessKeySecret, "accessKeySecret");
    if (securityToken != null) {
      requireText(securityToken, "securityToken");
    }
  }

  /** A long-term access key. */
  public static Credentials of(String accessKeyId, String accessKeySecret) {
    return new Credentials(accessKeyId, accessKeySecret, null);
  }

  /**
   * What a provider has now.
   *
   * @throws UnsignableException if it throws or gives none
   */
  public static Credentials from(CredentialsProvider provider) {
    return given(provider::current);
  }

  /** The same for somebody who can't wait for longer than {@code atMost}. */
  public static Credentials from(CredentialsProvider provider, Duration atMost) {
    return given(() -> provider.current(atMost));
  }

  private static Credentials given(Supplier<@Nullable Credentials> provider) {
    Credentials credentials;
    try {
      credentials = provider.get();
    } catch (RuntimeException e) {
      throw UnsignableException.of("the CredentialsProvider", e);
    }
    if (credentials == null) {
      throw new UnsignableException("the CredentialsProvider returned null: it must return credentials, or throw if there are none");
    }
    return credentials;
  }

  /** Adds the header that carries the security token; without a token it removes one left over from other credentials. */
  void addToken(Map<String, String> headers, SigningRequest request) {
    if (securityToken != null || request.headers().containsKey("x-oss-security-token")) {
      headers.put("x-oss-security-token", securityToken == null ? "" : securityToken);
    }
  }

  private static void requireText(String value, String name) {
    Objects.requireNonNull(value, name);
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is empty: set it to the value your access key or STS response shows");
    }
    // A stray line break (from a file or an environment variable) would end up in a header and be quoted in an error.
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException(
            name + " has a character at index " + i + " that can't stand in an HTTP header: remove white space, line breaks and non-ASCII characters");
      }
    }
  }

  /** Names no secret: not the key, its secret or the token. */
  @Override
  public String toString() {
    return "Credentials[" + (securityToken == null ? "access key" : "STS") + "]";
  }
}
