package dev.ossresilience.testkit.fleet;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A way to treat failed calls that every client of a fleet follows, each for itself. Immutable if what it is made of is. */
public final class Policy {
  private static final OssEndpoint ENDPOINT = OssEndpoint.of("https://" + Head.ENDPOINT);

  private final String name;
  private final Clients clients;

  /** Makes one client. */
  @FunctionalInterface
  private interface Clients {
    Call.Source client(int number, Network network, SplittableRandom random);
  }

  private Policy(String name, Clients clients) {
    this.name = Objects.requireNonNull(name, "name");
    this.clients = clients;
  }

  /**
   * The core. {@code settings} is called once per client with a builder that lacks nothing: endpoint, virtual clock and seeded randomness
   * are set. The core waits in virtual time as long as it does so by steps and by its scheduler.
   */
  public static Policy core(String name, UnaryOperator<OssResilience.Builder> settings) {
    return new Policy(name, (number, network, random) -> {
      Agenda agenda = network.agenda();
      OssResilience.Builder builder =
          OssResilience.builder().endpoint(ENDPOINT).time(agenda, agenda).scheduler(agenda).random(random::nextDouble);
      OssResilience oss = settings.apply(builder).build();
      return kind -> {
        Exchange exchange = Objects.requireNonNull(oss.exchangeFor(kind.request()), "every request goes to the endpoint");
        return new CoreCall(number, kind.traffic(), network, exchange);
      };
    });
  }

  /** Something else than the core; {@code baseline} is called once per client. */
  public static Policy baseline(String name, Supplier<Baseline> baseline) {
    return new Policy(name, (number, network, random) -> {
      Baseline client = baseline.get();
      return kind -> new BaselineCall(number, kind.traffic(), network, client, random);
    });
  }

  /** For tables and charts. */
  public String name() {
    return name;
  }

  Call.Source client(int number, Network network, SplittableRandom random) {
    return clients.client(number, network, random);
  }

  @Override
  public String toString() {
    return name;
  }
}
