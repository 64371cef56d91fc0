package dev.ossresilience;

import dev.ossresilience.policy.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is different for one call: an OkHttp request's tag of this class, or an HttpClient context's attribute of this class's name.
 * Immutable; whoever makes one with a setting that is out of its range gets an {@link IllegalArgumentException} that names it.
 *
 * @param deadline the total timeout of this call, null for the policy's; its range is that of {@link RetryPolicy#totalTimeout}
 * @param maxAttempts null for the policy's; its range is that of {@link RetryPolicy#maxAttempts}
 * @param idempotent whether it may be sent again although an earlier attempt may have taken effect, null for what is known of the
 *     operation; has no bearing on appends, whose position decides
 * @param operationName what reports and metrics call it, null for the name in OSS's documentation
 */
public record OssCallOptions(
    @Nullable Duration deadline, @Nullable Integer maxAttempts, @Nullable Boolean idempotent, @Nullable String operationName) {
  /** Refuses what is out of range here, where it is written down, and not in some call later. */
  public OssCallOptions {
    RetryPolicy.Builder check = RetryPolicy.builder();
    if (deadline != null) {
      check.totalTimeout(deadline);
    }
    if (maxAttempts != null) {
      check.maxAttempts(maxAttempts);
    }
    check.build();
  }

  private static final OssCallOptions NONE = new OssCallOptions(null, null, null, null);

  /** Everything as configured. */
  public static OssCallOptions none() {
    return NONE;
  }

  /** All at once; null leaves a setting as configured. */
  public static OssCallOptions with(
      @Nullable Duration deadline, @Nullable Integer maxAttempts, @Nullable Boolean idempotent, @Nullable String operationName) {
    return new OssCallOptions(deadline, maxAttempts, idempotent, operationName);
  }

  /** Another total timeout. */
  public OssCallOptions withDeadline(Duration deadline) {
    return new OssCallOptions(deadline, maxAttempts, idempotent, operationName);
  }

  /** Another number of attempts. */
  public OssCallOptions withMaxAttempts(int maxAttempts) {
    return new OssCallOptions(deadline, maxAttempts, idempotent, operationName);
  }

  /** Whether it may be sent again in doubt. */
  public OssCallOptions withIdempotent(boolean idempotent) {
    return new OssCallOptions(deadline, maxAttempts, idempotent, operationName);
  }

  /** Another name. */
  public OssCallOptions withOperationName(String operationName) {
    return new OssCallOptions(deadline, maxAttempts, idempotent, operationName);
  }

  /** The policy for the call. */
  public RetryPolicy applyTo(RetryPolicy policy) {
    if (deadline == null && maxAttempts == null) {
      return policy;
    }
    return new RetryPolicy(
        maxAttempts == null ? policy.maxAttempts() : maxAttempts,
        deadline == null ? policy.totalTimeout() : deadline,
        policy.transientBackoff(),
        policy.throttledBackoff(),
        policy.maxHint());
  }
}
