package dev.ossresilience.testkit.fleet;

import java.util.List;
import java.util.SplittableRandom;

/** Runs scenarios, on the calling thread. */
public final class Fleet {
  private final Scenario scenario;
  private final Agenda agenda = new Agenda();
  private final Server server;
  private final Tally tally;
  private final Network network;

  private Fleet(Scenario scenario) {
    this.scenario = scenario;
    this.tally = new Tally(agenda, scenario.clients());
    this.server = new Server(scenario, agenda, tally);
    this.network = new Network(agenda, server, tally, scenario);
  }

  /** What comes of a scenario if all clients follow {@code policy}. The calls are made at the same times under every policy. */
  public static Outcome run(Scenario scenario, Policy policy) {
    return new Fleet(scenario).run(policy);
  }

  private Outcome run(Policy policy) {
    List<Plan.Kind> kinds = scenario.traffic().stream().map(traffic -> new Plan.Kind(traffic, Head.of(traffic))).toList();
    SplittableRandom random = new SplittableRandom(scenario.seed());
    for (int number = 0; number < scenario.clients(); number++) {
      Plan plan = new Plan(scenario, kinds, random.split());
      new Client(plan, policy.client(number, network, random.split())).planNext();
    }
    agenda.run();
    return new Outcome(policy.name(), scenario, tally, server.account());
  }

  /** Makes its calls at their times, whatever becomes of the earlier ones. */
  private final class Client implements Runnable {
    private final Plan plan;
    private final Call.Source calls;

    Client(Plan plan, Call.Source calls) {
      this.plan = plan;
      this.calls = calls;
    }

    void planNext() {
      long time = plan.next();
      if (time < scenario.duration().toNanos()) {
        agenda.at(Math.max(time, agenda.nanoTime()), this);
      }
    }

    @Override
    public void run() {
      calls.of(plan.kind()).begin();
      planNext();
    }
  }
}
