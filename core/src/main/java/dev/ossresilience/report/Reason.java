package dev.ossresilience.report;

/** Why something was done or left undone: the one vocabulary of decisions, reports, logs and docs. */
public enum Reason {
  /** The server or a gateway failed; it may pass. */
  SERVER_ERROR,
  /** The connection failed or went silent. */
  TRANSPORT_FAILURE,
  /** A limit of the account, bucket or region was exceeded. */
  THROTTLED,
  /** What OSS has refused lately shows how much it allows: its turn hadn't come. */
  PACED,
  /** All calls together have used up what they may repeat. */
  BUDGET_EXHAUSTED,
  /** Too much of what was sent to the endpoint lately failed. */
  CIRCUIT_OPEN,
  /** The request's time was too far from the server's; corrected and signed again. */
  CLOCK_SKEW,
  /** OSS refused the credentials; others were fetched and signed with. */
  CREDENTIALS_REFRESHED,
  /** Another writer was faster; the append moves to the object's end. */
  APPEND_CONFLICT,
  /** An append may or may not have taken effect; the server is asked. */
  APPEND_IN_DOUBT,
  /** Another write may or may not have taken effect; the server is asked. */
  WRITE_IN_DOUBT,
  /** What arrived is not what was sent, by its checksum; sent once more. */
  INTEGRITY
}
