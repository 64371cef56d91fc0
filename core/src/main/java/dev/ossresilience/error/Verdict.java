package dev.ossresilience.error;

/** Question 1: what kind of failure an attempt met. */
public enum Verdict {
  /** May pass by itself soon. */
  TRANSIENT,
  /** The server asks for less: wait longer. */
  THROTTLED,
  /** The request's time is too far from the server's: correct the clock and sign again. */
  CLOCK_SKEWED,
  /** The append's position is not the object's length: perhaps our own earlier attempt, perhaps another writer. */
  APPEND_CONFLICT,
  /** Sending the same again leads to the same end. */
  FATAL
}
