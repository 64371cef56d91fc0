package dev.ossresilience.testkit.fleet;

/** One logical call of one client. What it does between attempts is its client's way. */
abstract class Call {
  private final int client;
  private final Traffic traffic;
  private final Network network;
  private final long startNanos;
  private int attempts;
  private boolean ended;

  Call(int client, Traffic traffic, Network network) {
    this.client = client;
    this.traffic = traffic;
    this.network = network;
    this.startNanos = network.agenda().nanoTime();
  }

  /** Where calls of one client come from. */
  @FunctionalInterface
  interface Source {
    Call of(Plan.Kind kind);
  }

  final Traffic traffic() {
    return traffic;
  }

  /** Sent so far. */
  final int attempts() {
    return attempts;
  }

  final long now() {
    return network.agenda().nanoTime();
  }

  final void begin() {
    network.tally().began(client);
    start();
  }

  final void send() {
    send(traffic);
  }

  final void send(Traffic request) {
    attempts++;
    network.send(this, request);
  }

  final void after(long nanos, Runnable next) {
    network.agenda().in(nanos, next);
  }

  final void end(boolean success) {
    if (ended) {
      throw new IllegalStateException("a call ended twice");
    }
    ended = true;
    network.tally().ended(client, startNanos, attempts, success);
  }

  /** What the server answers to a request of this call that it does. */
  Answer done(Traffic request) {
    return Answer.SUCCESS;
  }

  abstract void start();

  abstract void answered(Answer answer);

  abstract void timedOut();
}
