package dev.ossresilience.testkit.auth;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.V1;
import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a signed request says twice. A verifier and an operation that each take another one of the two would carry out what nobody
 * signed, so such a request is refused before anybody looks at either.
 */
final class Ambiguity {
  /** What says how a V1 URL is signed, which its signature doesn't cover under that name. */
  private static final Set<String> V1_CONTROLS = Set.of("OSSAccessKeyId", "Expires", "Signature");

  private Ambiguity() {}

  /** The error if there are two signatures, or two parameters of a name that a signature covers or is made of; else null. */
  static @Nullable Failure of(OssRequest request) {
    Query query = request.query();
    String authorization = request.header("authorization");
    boolean v4InQuery = query.has("x-oss-signature") || query.has("x-oss-signature-version");
    boolean v1InQuery = query.has("Signature") || query.has("OSSAccessKeyId");
    if (v4InQuery && (authorization != null || v1InQuery)) {
      return argument("x-oss-signature", String.valueOf(query.first("x-oss-signature")), "");
    }
    if (v1InQuery && authorization != null) {
      return argument("Signature", String.valueOf(query.first("Signature")), "");
    }
    boolean v4 = v4InQuery || (authorization != null && authorization.trim().startsWith(V4.ALGORITHM));
    return v4 || v1InQuery || authorization != null ? repeated(query, v4) : null;
  }

  /** What is wrong with one argument, as OSS says it. */
  static Failure argument(String name, String value, String ec) {
    return Failure.of("InvalidArgument").message("Invalid Argument", ec).element("ArgumentName", name).element("ArgumentValue", value);
  }

  /** V4 covers all parameters; V1 only some, and of the others none is safer than two. */
  private static @Nullable Failure repeated(Query query, boolean v4) {
    Set<String> seen = new HashSet<>();
    for (Query.Parameter parameter : query.parameters()) {
      String name = parameter.name();
      if (!seen.add(name) && (v4 || V1.isSigned(name) || V1_CONTROLS.contains(name))) {
        return argument(name, parameter.value(), "");
      }
    }
    return null;
  }
}
