package dev.ossresilience.testkit.auth;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.V1;
import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.operation.Operations;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.time.ServerClock;
import java.time.Instant;
import java.util.List;

/** Says who sent a request: finds out how it is signed, and has that checked. Thread-safe. */
public final class Authenticator {
  private final Keys keys;
  private final ServerClock clock;
  private final Scheme v4InHeader;
  private final Scheme v4InQuery;
  private final Scheme v1InHeader;
  private final Scheme v1InQuery;

  public Authenticator(String region, List<Credentials> accepted, ServerClock clock) {
    this.keys = new Keys(accepted);
    this.clock = clock;
    v4InHeader = new V4InHeader(keys, region);
    v4InQuery = new V4InQuery(keys, region);
    v1InHeader = new V1InHeader(keys);
    v1InQuery = new V1InQuery(keys);
  }

  /** Accepts these and no others from now on. */
  public void accept(List<Credentials> only) {
    keys.accept(only);
  }

  /** Refuses a security token as expired from a moment on. */
  public void expire(String securityToken, Instant at) {
    keys.expire(securityToken, at);
  }

  /** Finds out who sent a request, or why that can't be told. */
  public Access check(OssRequest request) {
    Failure ambiguous = Ambiguity.of(request);
    return ambiguous != null ? new Access.Refused(ambiguous) : byScheme(request);
  }

  private Access byScheme(OssRequest request) {
    boolean v4Presigned = request.query().has("x-oss-signature") || request.query().has("x-oss-signature-version");
    boolean v1Presigned = request.query().has("Signature") || request.query().has("OSSAccessKeyId");
    String authorization = request.header("authorization");
    if (authorization == null) {
      if (v4Presigned && "OSS2".equals(request.query().first("x-oss-signature-version"))) {
        return new Access.Refused(Operations.notSimulated(request, "a V2 signature in its query"));
      }
      return v4Presigned
          ? v4InQuery.check(request, clock.now())
          : v1Presigned ? v1InQuery.check(request, clock.now()) : new Access.Anonymous();
    }
    String trimmed = authorization.trim();
    if (trimmed.startsWith("OSS2 ")) {
      return new Access.Refused(Operations.notSimulated(request, "a V2 signature"));
    }
    if (trimmed.startsWith(V4.ALGORITHM)) {
      return v4InHeader.check(request, clock.now());
    }
    return trimmed.startsWith(V1.PREFIX)
        ? v1InHeader.check(request, clock.now())
        : new Access.Refused(Failure.of("AuthorizationHeaderMalformed"));
  }
}
