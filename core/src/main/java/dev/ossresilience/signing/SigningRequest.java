package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that a signature covers.
 *
 * @param bucket null for an operation of the service
 * @param key the decoded key, null for an operation of the bucket or the service
 * @param headers by lower-case name, values trimmed
 */
public record SigningRequest(
    String method, @Nullable String bucket, @Nullable String key, Query query, SortedMap<String, String> headers) {
  public SigningRequest {
    SortedMap<String, String> normalised = new TreeMap<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      normalised.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().trim());
    }
    headers = Collections.unmodifiableSortedMap(normalised);
  }

  /**
   * A request for an object, without parameters and headers.
   *
   * @param method in upper case
   */
  public static SigningRequest of(String method, String bucket, String key) {
    return new SigningRequest(method, bucket, key, new Query(List.of()), new TreeMap<>());
  }

  /** This request with a header set. */
  public SigningRequest withHeader(String name, String value) {
    return with(Map.of(name, value));
  }

  /** This request with a query parameter set; {@code value} may be empty. */
  public SigningRequest withParameter(String name, String value) {
    return withQuery(query.with(name, value));
  }

  /** This request with headers set, or removed where the value is empty, as {@link OssSigner#sign} answers. */
  SigningRequest with(Map<String, String> changes) {
    SortedMap<String, String> changed = new TreeMap<>(headers);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            changed.remove(name.toLowerCase(Locale.ROOT));
          } else {
            changed.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    return new SigningRequest(method, bucket, key, query, changed);
  }

  /** This request with another query. */
  SigningRequest withQuery(Query changed) {
    return new SigningRequest(method, bucket, key, changed, headers);
  }

  /** Names no header: some are secret. */
  @Override
  public String toString() {
    return "SigningRequest[" + method + " bucket=" + bucket + " key=" + key + "]";
  }
}
