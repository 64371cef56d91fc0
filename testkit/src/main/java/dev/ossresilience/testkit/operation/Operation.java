package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.request.OssRequest;
import java.util.HashSet;
import java.util.Set;

/**
 * One operation: which requests it takes, and what it does. A request with a query parameter or a header that changes what is done
 * and that the operation doesn't list is not its own: it would be wrong to answer 200 and not heed it.
 *
 * @param name as OSS's documentation calls it
 * @param required query parameters a request must have
 * @param optional query parameters it may have besides
 * @param requiredHeaders lower-case names of headers a request must have
 * @param headers lower-case names of the headers heeded, besides those that every operation takes
 */
record Operation(
    String name,
    String method,
    Level level,
    Set<String> required,
    Set<String> optional,
    Set<String> requiredHeaders,
    Set<String> headers,
    Handler handler) {
  /** What the resource is. */
  enum Level {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /** Carries an operation out. Called with the store's lock held; the bucket exists unless the operation makes it. */
  @FunctionalInterface
  interface Handler {
    Outcome handle(OssRequest request);
  }

  static Operation of(String name, String method, Level level, Handler handler) {
    return new Operation(name, method, level, Set.of(), Set.of(), Set.of(), Set.of(), handler);
  }

  /** With query parameters that a request must have. */
  Operation with(String... parameters) {
    return new Operation(name, method, level, plus(required, parameters), optional, requiredHeaders, headers, handler);
  }

  /** With query parameters that a request may have. */
  Operation maybe(String... parameters) {
    return new Operation(name, method, level, required, plus(optional, parameters), requiredHeaders, headers, handler);
  }

  /** With headers that a request must have. */
  Operation needing(String... names) {
    return new Operation(name, method, level, required, optional, plus(requiredHeaders, names), plus(headers, names), handler);
  }

  /** With headers that are heeded. */
  Operation heeding(String... names) {
    return new Operation(name, method, level, required, optional, requiredHeaders, plus(headers, names), handler);
  }

  /** Whether a request is this operation, as far as method, resource and required parameters go. */
  boolean fits(OssRequest request) {
    Level actual = request.bucket() == null ? Level.SERVICE : request.key() == null ? Level.BUCKET : Level.OBJECT;
    return level == actual
        && method.equals(request.method())
        && required.stream().allMatch(request.query()::has)
        && request.headers().keySet().containsAll(requiredHeaders);
  }

  /** Of two operations that fit, the one that demands more is meant: UploadPart is a PUT too. */
  int demands() {
    return required.size() + requiredHeaders.size();
  }

  private static Set<String> plus(Set<String> set, String... more) {
    Set<String> all = new HashSet<>(set);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }
}
