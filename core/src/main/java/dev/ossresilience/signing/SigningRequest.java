package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.util.Collections;
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

  /** This request with one header set. */
  SigningRequest withHeader(String name, String value) {
    SortedMap<String, String> changed = new TreeMap<>(headers);
    changed.put(name, value);
    return new SigningRequest(method, bucket, key, query, changed);
  }

  /** This request without a header. */
  SigningRequest withoutHeader(String name) {
    SortedMap<String, String> changed = new TreeMap<>(headers);
    changed.remove(name);
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
