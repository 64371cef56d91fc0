package dev.ossresilience.error;

/** Question 1: what kind of failure an attempt met. */
public enum Verdict {
  /** May pass by itself soon. */
  TRANSIENT,
  /** The server asks for less: wait longer. */
  THROTTLED,
  /** The request's time is too far from the server's: correct the clock and sign again. */
  CLOCK_SKEWED,
  /** The credentials expired or aren't accepted: others may be. */
  CREDENTIALS_REJECTED,
  /** The append's position is not the object's length: perhaps our own earlier attempt, perhaps another writer. */
  APPEND_CONFLICT,
  /** What arrived is not what was sent, by its checksum. */
  INTEGRITY,
  /** What was asked for is already so; on a repetition, perhaps by our own earlier attempt. */
  PERHAPS_DONE,
  /** The object is stored, but the application server that OSS called back didn't answer as it should. Never sent again. */
  CALLBACK_FAILED,
  /** Sending the same again leads to the same end. */
  FATAL
}
