package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request with a V4 signature claims, wherever it says so.
 *
 * @param date the day in the scope, {@code yyyyMMdd}
 * @param signed when it was signed
 * @param where what OSS's messages call the place the scope was read from
 */
record V4Claim(
    String accessKeyId,
    @Nullable String token,
    String date,
    String region,
    String product,
    List<String> additionalHeaders,
    String signature,
    Instant signed,
    String where) {
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** Checks it, in OSS's order: key, token, scope, signature. */
  Access verify(OssRequest request, Keys keys, String serverRegion, Instant now) {
    Keys.Lookup lookup = keys.find(accessKeyId, token, now);
    if (lookup instanceof Keys.Lookup.Unknown unknown) {
      return new Access.Refused(unknown.failure());
    }
    V4 v4 = new V4(V4.timestamp(signed), serverRegion, "oss");
    Failure scope = wrongScope(v4);
    return scope != null ? new Access.Refused(scope) : signature(request, v4, ((Keys.Lookup.Found) lookup).credentials());
  }

  private @Nullable Failure wrongScope(V4 v4) {
    if (!date.equals(v4.date())) {
      return Failure.of("InvalidArgument").message("Invalid signing date in " + where + ".", "0002-00000212");
    }
    if (!region.equals(v4.region())) {
      return Failure.of("AuthorizationHeaderMalformed").message("Invalid signing region in " + where + ".", "");
    }
    return product.equals(v4.product())
        ? null
        : Failure.of("InvalidArgument").message("Invalid signing product in " + where + ".", "0002-00000227");
  }

  private Access signature(OssRequest request, V4 v4, Credentials credentials) {
    SigningRequest signing = asClaimed(request.toSign());
    // The same list as a signer writes it: what is claimed to be signed and isn't there must not be forgotten on this side too.
    boolean allSent = request.headers().keySet().containsAll(additionalHeaders);
    boolean inOrder = List.copyOf(V4.additional(signing, additionalHeaders)).equals(additionalHeaders);
    boolean matches = v4.signature(signing, additionalHeaders, v4.deriveKey(credentials.accessKeySecret())).equals(signature);
    if (allSent && inOrder && matches) {
      Failure payload = wrongPayload(request);
      return payload == null ? new Access.Granted(accessKeyId) : new Access.Refused(payload);
    }
    String canonical = V4.canonicalRequest(signing, additionalHeaders);
    return new Access.Refused(Mismatch.of(accessKeyId, signature, v4.stringToSign(canonical)).element("CanonicalRequest", canonical));
  }

  /** With an empty header for each that is claimed to be signed and wasn't sent, so that the error shows where it is missed. */
  private SigningRequest asClaimed(SigningRequest sent) {
    SortedMap<String, String> headers = new TreeMap<>(sent.headers());
    additionalHeaders.forEach(name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), ""));
    return new SigningRequest(sent.method(), sent.bucket(), sent.key(), sent.query(), headers);
  }

  /**
   * The error if {@code x-oss-content-sha256} is of another body. OSS documents EC 0002-00000214 for a value that is wrong, and
   * UNSIGNED-PAYLOAD as the remedy; status and code are not documented and taken from that EC's neighbours.
   */
  private static @Nullable Failure wrongPayload(OssRequest request) {
    String hash = request.headers().getOrDefault("x-oss-content-sha256", UNSIGNED).trim();
    boolean right = hash.equals(UNSIGNED) || hash.equals(request.body().sha256().hex());
    return right ? null : Ambiguity.argument("x-oss-content-sha256", hash, "0002-00000214");
  }
}
