package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;

/**
 * What one of OSS's limits counts, at one endpoint.
 *
 * @param partition of a bucket's keys, empty for limits of the whole account
 */
record Scope(ThrottleScope kind, String partition) {
  static Scope of(ThrottleScope kind, Traffic traffic) {
    return new Scope(kind, kind == ThrottleScope.PARTITION ? traffic.partition() : "");
  }
}
