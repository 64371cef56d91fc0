package dev.ossresilience.model;

/** What can go wrong with one request on its way to the server, in the server, or on the way back. */
enum Trouble {
  NONE(0),
  REFUSED(1),
  RESET_UNREAD(1),
  RESET_APPLIED(1),
  TIMEOUT_APPLIED(1),
  /** Lost for its sender, and delivered later. */
  STUCK(1),
  /** Answered, and delivered once more later. */
  DUPLICATED(0),
  /** A transport that repeats by itself: the caller sees the second answer only. */
  REPLAYED_BELOW(0),
  INTERNAL_ERROR(1),
  INTERNAL_ERROR_APPLIED(1),
  GATEWAY_ERROR(1),
  GATEWAY_ERROR_APPLIED(1),
  REQUEST_TIMEOUT(1),
  THROTTLED(1),
  THROTTLED_APPLIED(1),
  CLOCK_MOVED(0),
  CREDENTIALS_EXPIRED(0),
  /** The hotel's network answers 200. */
  PORTAL_PAGE(1),
  /** Handled, and answered with a next position that is none. */
  GARBAGE_POSITION(1),
  /** Handled, and a conflict is answered without the optional header. */
  NO_POSITION(0),
  /** The body of a read-back breaks off; other requests don't notice. */
  BROKEN_BODY(1),
  PROXY_404(Trouble.HARD),
  /** A HEAD is answered from a cache; other requests don't notice. */
  STALE_HEAD(Trouble.HARD),
  /** Handled, and answered after most of a minute. */
  SLOW(Trouble.HARD),
  CANCELLED_UNREAD(Trouble.HARD),
  CANCELLED_APPLIED(Trouble.HARD),
  INTERRUPTED_APPLIED(Trouble.HARD),
  CANCELLED_IN_WAIT(Trouble.HARD),
  INTERRUPTED_IN_WAIT(Trouble.HARD);

  /** After this it isn't promised that the truth is learnt. */
  static final int HARD = 1000;

  /** How many attempts it may take. */
  final int cost;

  Trouble(int cost) {
    this.cost = cost;
  }
}
