package dev.ossresilience.testkit.fleet;

/** What is counted in every second. */
public enum Measure {
  /** Calls that began. */
  OFFERED,
  /** Calls that ended with a success. */
  GOODPUT,
  /** Calls that ended otherwise. */
  FAILED,
  /** Requests that clients sent. */
  SENT,
  /** Requests that reached the server: all that were sent, after the network's latency. */
  ARRIVED,
  /** Requests that the server did while their client waited; its answer may still have come too late. */
  SERVED,
  /** Requests that the server did for nobody: their client had given up. */
  WASTED,
  /** Attempts answered in time with what the server was asked to find out or do. */
  ANSWERED,
  /** Attempts answered in time with the error of a limit. */
  THROTTLED,
  /** Attempts answered in time with 503 ServiceUnavailable: the queue was full. */
  UNAVAILABLE,
  /** Attempts without an answer in time. */
  TIMED_OUT
}
