package dev.ossresilience.operation;

/** Question 3 for an operation whose earlier attempt may have taken effect. */
public enum ReplayRule {
  /** Sending it twice has the same result as sending it once. */
  SAFE,
  /** Safe only at the same position, and believed only after verification. */
  SAME_POSITION,
  /** Sent again only when the earlier attempt certainly had no effect. */
  ONLY_IF_NOT_APPLIED
}
