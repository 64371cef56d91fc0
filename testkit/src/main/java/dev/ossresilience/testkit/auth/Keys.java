package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.answer.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The credentials that are accepted, and when security tokens end. Thread-safe. */
final class Keys {
  /** The credentials that a request names, or why they are not accepted. */
  sealed interface Lookup {
    record Found(Credentials credentials) implements Lookup {}

    record Unknown(Failure failure) implements Lookup {}
  }

  private volatile List<Credentials> accepted;

  /** By token. One that has expired stays known as such when its credentials are replaced. */
  private final Map<String, Instant> expiry = new ConcurrentHashMap<>();

  Keys(List<Credentials> accepted) {
    this.accepted = List.copyOf(accepted);
  }

  void accept(List<Credentials> only) {
    accepted = List.copyOf(only);
  }

  void expire(String securityToken, Instant at) {
    expiry.put(securityToken, at);
  }

  /** {@code token} is null if the request has none. */
  Lookup find(String accessKeyId, @Nullable String token, Instant now) {
    Instant expires = token == null ? null : expiry.get(token);
    if (expires != null && !now.isBefore(expires)) {
      return unknown(Failure.of("SecurityTokenExpired").element("SecurityToken", String.valueOf(token)));
    }
    List<Credentials> known = accepted; // one reading: they may be exchanged meanwhile
    String sent = token == null ? "" : token;
    boolean keyKnown = false;
    boolean tokenKnown = false;
    for (Credentials credentials : known) {
      boolean sameKey = credentials.accessKeyId().equals(accessKeyId);
      boolean sameToken = sent.equals(credentials.securityToken() == null ? "" : credentials.securityToken());
      if (sameKey && sameToken) {
        return new Lookup.Found(credentials);
      }
      keyKnown |= sameKey;
      tokenKnown |= sameToken && token != null;
    }
    if (tokenKnown) {
      return unknown(Failure.of("AccessKeyIdAndSecurityTokenNotMatch"));
    }
    return unknown(
        keyKnown
            ? Failure.of("InvalidSecurityToken").element("SecurityToken", sent)
            : Failure.of("InvalidAccessKeyId").element("OSSAccessKeyId", accessKeyId));
  }

  private static Lookup unknown(Failure failure) {
    return new Lookup.Unknown(failure);
  }
}
