package dev.ossresilience.operation;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;

/** Which OSS operation a request is, as far as its repetition is concerned. */
public enum Operation {
  /** GET, HEAD, OPTIONS. */
  READ(ReplayRule.SAFE),
  /** PUT of an object, a part, a copy or a setting: the last write wins and is the same write. */
  PUT(ReplayRule.SAFE),
  /** PUT that must not overwrite, or that calls back: a second one fails or calls twice. */
  GUARDED_PUT(ReplayRule.ONLY_IF_NOT_APPLIED),
  DELETE(ReplayRule.SAFE),
  DELETE_MULTIPLE(ReplayRule.SAFE),
  APPEND(ReplayRule.SAME_POSITION),
  /** Every other request, known or not. */
  OTHER(ReplayRule.ONLY_IF_NOT_APPLIED);

  private final ReplayRule replayRule;

  Operation(ReplayRule replayRule) {
    this.replayRule = replayRule;
  }

  public ReplayRule replayRule() {
    return replayRule;
  }

  /** Recognises a request by method, sub-resource and headers. */
  public static Operation of(RequestHead request, Target target, Query query) {
    return switch (request.method()) {
      case "GET", "HEAD", "OPTIONS" -> READ;
      case "PUT" -> isGuarded(request, query) ? GUARDED_PUT : PUT;
      case "DELETE" -> DELETE;
      case "POST" -> post(target, query);
      default -> OTHER;
    };
  }

  private static Operation post(Target target, Query query) {
    if (query.has("append")) {
      return target.key() == null ? OTHER : APPEND;
    }
    return query.has("delete") ? DELETE_MULTIPLE : OTHER;
  }

  private static boolean isGuarded(RequestHead request, Query query) {
    return "true".equalsIgnoreCase(request.header("x-oss-forbid-overwrite"))
        || request.header("x-oss-callback") != null
        || query.has("callback")
        || query.has("x-oss-dir");
  }
}
