package dev.ossresilience.exchange;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.Traffic;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.Operations;
import dev.ossresilience.operation.ReplayRule;
import dev.ossresilience.report.OssEvent;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange is about.
 *
 * @param position where to append, null for any other operation
 */
record Subject(RequestHead request, Target target, Query query, Operation operation, @Nullable Long position) {
  static Subject of(RequestHead request, Target target, OssCallOptions options) {
    Query query = Query.parse(request.rawQuery());
    Operation recognised = Operations.of(request, target, query);
    Long position = recognised.isAppend() && isPlain("position", request, query) ? ServerNumbers.position(query.first("position")) : null;
    // Without exactly one position that OSS can check there is nothing that would make an append safe to repeat.
    Operation operation = recognised.isAppend() && position == null ? Operations.unknown() : recognised;
    Boolean idempotent = options.idempotent();
    if (idempotent != null && position == null) {
      operation = operation.withReplayRule(idempotent ? ReplayRule.SAFE : ReplayRule.NEVER);
    }
    return new Subject(request, target, query, operation, position);
  }

  /** Whether a parameter is there once, spelt without escapes: else another reader of the URL may take it differently. */
  private static boolean isPlain(String name, RequestHead request, Query query) {
    String raw = "&" + request.rawQuery() + "&";
    return query.hasOne(name) && raw.contains("&" + name + "=");
  }

  /** Whether it changes nothing: its body is the caller's whatever it looks like, and a wrong success loses nothing but the answer. */
  boolean isRead() {
    return request.method().equals("GET") || isHead() || request.method().equals("OPTIONS");
  }

  private boolean isHead() {
    return request.method().equals("HEAD");
  }

  /** Whether the answer tells of the object as it is now, whole. */
  boolean isPlainHeadOfObject() {
    return isHead() && target.key() != null && request.rawQuery() == null;
  }

  /** Whether the start of this response's body is needed to judge it: it may say failure, whatever the status. */
  boolean needsBody(ResponseHead response) {
    boolean callback = response.status() == 203 && !isRead();
    return !response.isSuccessful() || callback || operation.canFailAfterStatus200();
  }

  /** What listeners are told of it; {@code name} is what the caller calls the operation, if anything. */
  OssEvent.Call call(@Nullable String name) {
    return new OssEvent.Call(name == null ? operation.name() : name, operation, target.bucket(), target.key());
  }

  /** What OSS's limits count. */
  Traffic traffic() {
    boolean image = query.has("x-oss-process");
    return new Traffic(operation.scope(), Math.max(0, request.contentLength()), image, target.bucket(), target.key());
  }

  /** Whether it asked to be held back, so that being held back says nothing of limits. */
  boolean wantsToBeSlow() {
    return request.header("x-oss-traffic-limit") != null || query.has("x-oss-traffic-limit");
  }
}
