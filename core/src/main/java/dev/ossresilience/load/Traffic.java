package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks of OSS, as far as limits count it. Immutable.
 *
 * @param kind {@code UPLOAD}, {@code DOWNLOAD} or {@code META}
 * @param bytes of the request's body, 0 if that isn't known
 * @param image whether an image is processed
 */
public record Traffic(ThrottleScope kind, long bytes, boolean image, @Nullable String bucket, @Nullable String key) {
  /** What asks about it: reads nothing to speak of, and sends nothing. */
  public Traffic ofQuestion() {
    return new Traffic(kind == ThrottleScope.META ? kind : ThrottleScope.DOWNLOAD, 0, false, bucket, key);
  }

  /** Whether a limit of that kind counts it. A limit on what is about buckets doesn't count objects, and the other way round. */
  boolean countsIn(ThrottleScope limit) {
    return switch (limit) {
      case UPLOAD, DOWNLOAD, META -> limit == kind;
      case TOTAL -> kind != ThrottleScope.META;
      case CONCURRENCY -> false; // not paced but counted: see Slots
      case PARTITION -> kind != ThrottleScope.META && key != null;
      case IMAGE -> image;
    };
  }

  /** The bucket and the key's first part: OSS keeps keys in ranges, and a hot one is mostly a hot prefix. */
  String partition() {
    int slash = key == null ? -1 : key.indexOf('/');
    return bucket + "/" + (key == null || slash < 0 ? "" : key.substring(0, slash));
  }

  /** How much of a limit it uses before anything is answered, in the limit's unit. */
  long amount(ThrottleScope limit) {
    return limit == ThrottleScope.UPLOAD ? Math.max(unit(limit), bytes) : unit(limit);
  }

  /** The least that is counted: bytes are, where bandwidth is limited, and requests everywhere else. */
  static long unit(ThrottleScope limit) {
    return limit == ThrottleScope.UPLOAD || limit == ThrottleScope.DOWNLOAD ? 4096 : 1;
  }
}
