package dev.ossresilience.exchange;

/** How far the body of one attempt had got when that was answered. */
public enum BodyProgress {
  /** There is one, and none of it was asked for: the server answered before it let the client send it. */
  UNTOUCHED,
  /** It was begun, and its end not reached. */
  PART,
  /** It went out whole, or there is none, or nobody knows. */
  WHOLE
}
