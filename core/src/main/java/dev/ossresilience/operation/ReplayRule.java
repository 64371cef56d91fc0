package dev.ossresilience.operation;

/** Question 3 for an operation whose earlier attempt may have taken effect. */
public enum ReplayRule {
  /** Sending it twice has the same result as sending it once. */
  SAFE,
  /** Whether the earlier attempt took effect must be found out before anything is sent again or claimed. */
  VERIFY_FIRST,
  /** Sent again only when the earlier attempt certainly had no effect. */
  NEVER
}
