package dev.ossresilience.error;

/** Question 2: whether a failed attempt changed anything on the server. */
public enum Effect {
  /** The server certainly did not execute the request. */
  NOT_APPLIED,
  /** It may or may not have. */
  UNKNOWN,
  /** It did, although the status or the body says failure. */
  APPLIED
}
