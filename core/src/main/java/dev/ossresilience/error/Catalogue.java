package dev.ossresilience.error;

import static dev.ossresilience.error.Effect.NOT_APPLIED;
import static dev.ossresilience.error.Effect.UNKNOWN;
import static dev.ossresilience.error.Verdict.APPEND_CONFLICT;
import static dev.ossresilience.error.Verdict.CLOCK_SKEWED;
import static dev.ossresilience.error.Verdict.FATAL;
import static dev.ossresilience.error.Verdict.THROTTLED;
import static dev.ossresilience.error.Verdict.TRANSIENT;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each error means: by code first, by status where the code is missing or unknown. */
public final class Catalogue {
  private static final Map<String, Diagnosis> BY_CODE =
      Map.ofEntries(
          // HTTP 400, yet transient: the body never fully arrived.
          Map.entry("RequestTimeout", new Diagnosis(TRANSIENT, NOT_APPLIED)),
          // HTTP 403, yet curable: refused before anything was executed.
          Map.entry("RequestTimeTooSkewed", new Diagnosis(CLOCK_SKEWED, NOT_APPLIED)),
          Map.entry("PositionNotEqualToLength", new Diagnosis(APPEND_CONFLICT, NOT_APPLIED)),
          Map.entry("InternalError", new Diagnosis(TRANSIENT, UNKNOWN)),
          // Nobody documents whether the traffic limits strike before or after the body is stored.
          Map.entry("DownloadTrafficRateLimitExceeded", new Diagnosis(THROTTLED, UNKNOWN)),
          Map.entry("UploadTrafficRateLimitExceeded", new Diagnosis(THROTTLED, UNKNOWN)),
          // Request-rate limits are admission control: the request was turned away at the door.
          Map.entry("MetaOperationQpsLimitExceeded", new Diagnosis(THROTTLED, NOT_APPLIED)),
          Map.entry("QpsLimitExceeded", new Diagnosis(THROTTLED, NOT_APPLIED)),
          Map.entry("TotalQpsLimitExceeded", new Diagnosis(THROTTLED, NOT_APPLIED)),
          Map.entry("PartitionQpsLimitted", new Diagnosis(THROTTLED, NOT_APPLIED)),
          Map.entry("ActiveRequestLimitExceeded", new Diagnosis(THROTTLED, NOT_APPLIED)),
          Map.entry("ServiceUnavailable", new Diagnosis(THROTTLED, NOT_APPLIED)));

  private Catalogue() {}

  /** Verdict and effect of an error response. */
  public static Diagnosis diagnose(OssError error) {
    @Nullable Diagnosis known = error.code() == null ? null : BY_CODE.get(error.code());
    return known != null ? known : byStatus(error.status());
  }

  private static Diagnosis byStatus(int status) {
    if (status == 429) {
      return new Diagnosis(THROTTLED, NOT_APPLIED);
    }
    if (status == 408) {
      return new Diagnosis(TRANSIENT, UNKNOWN);
    }
    if (status == 503) {
      return new Diagnosis(THROTTLED, UNKNOWN); // a proxy's 503 can hide a request that went through
    }
    return status >= 500 ? new Diagnosis(TRANSIENT, UNKNOWN) : new Diagnosis(FATAL, NOT_APPLIED);
  }
}
