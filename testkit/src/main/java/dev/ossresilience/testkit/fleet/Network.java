package dev.ossresilience.testkit.fleet;

/** Between clients and the server: brings what is sent, late by the latency, and tells clients when they have waited long enough. */
final class Network {
  private final Agenda agenda;
  private final Server server;
  private final Tally tally;
  private final long latencyNanos;
  private final Lane way;
  private final Lane patience;

  Network(Agenda agenda, Server server, Tally tally, Scenario scenario) {
    this.agenda = agenda;
    this.server = server;
    this.tally = tally;
    this.latencyNanos = scenario.latency().toNanos();
    this.way = agenda.lane(latencyNanos);
    this.patience = agenda.lane(scenario.timeout().toNanos());
  }

  Agenda agenda() {
    return agenda;
  }

  Tally tally() {
    return tally;
  }

  void send(Call call, Traffic traffic) {
    tally.count(Measure.SENT);
    Attempt attempt = new Attempt(call, traffic, this);
    agenda.in(way, () -> server.receive(attempt));
    agenda.in(patience, attempt::timedOut);
  }

  /** Has an answer that the server gives after {@code delayNanos} arrive. */
  void bringBack(Runnable arrival, long delayNanos) {
    if (delayNanos == 0) {
      agenda.in(way, arrival);
    } else {
      agenda.in(delayNanos + latencyNanos, arrival);
    }
  }
}
