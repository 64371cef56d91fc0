package dev.ossresilience.testkit.store;

/** Whether a bucket keeps what is overwritten and deleted. Once enabled it can be suspended but not turned off. */
public enum Versioning {
  /** Never enabled: responses say nothing of versions. */
  OFF,
  ENABLED,
  /** Versions made before are kept; new ones have the id "null" and replace each other. */
  SUSPENDED
}
