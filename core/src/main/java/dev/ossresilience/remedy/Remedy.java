package dev.ossresilience.remedy;

/** What may be done about a failed attempt, room permitting. */
public enum Remedy {
  /** Back off and send the same again. */
  WAIT,
  /** Learn the server's time, sign anew and send again at once. */
  RESIGN,
  /** Get other credentials, sign with them and send again at once. */
  REFRESH,
  /** Send the same again at once, but only one time: it arrived damaged. */
  REPEAT,
  /** Ask the server what happened before anything is sent or claimed. */
  VERIFY,
  /** Give the caller what came. */
  DELIVER
}
