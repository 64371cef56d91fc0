package dev.ossresilience.testkit.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who asks a model OSS for how much, and what happens to it. Immutable.
 *
 * @param clients processes that know nothing of each other
 * @param load calls per second of all clients together
 * @param capacity requests per second that the server can work on
 * @param queue requests that wait for it; more get 503 ServiceUnavailable
 * @param refusalCost what a refusal costs the server, as part of a request's work
 * @param timeout how long clients wait for an answer; the server works on a request nonetheless
 * @param latency of the network, one way
 * @param duration how long calls are made; those under way then are let end
 * @param regular whether a client's calls come at even intervals, each moved by up to half of one; else at random (Poisson)
 * @param changes in the order of their times
 * @param seed two runs with the same are the same
 */
public record Scenario(
    int clients,
    double load,
    double capacity,
    int queue,
    double refusalCost,
    Duration timeout,
    Duration latency,
    Duration duration,
    boolean regular,
    List<Traffic> traffic,
    List<Change> changes,
    long seed) {
  public Scenario {
    if (clients < 1 || !(load > 0) || !(capacity > 0) || queue < 1 || !(refusalCost >= 0) || traffic.isEmpty()) {
      throw new IllegalArgumentException("a fleet needs clients that make calls, and a server that can work and queue");
    }
    if (timeout.isNegative() || timeout.isZero() || latency.isNegative() || duration.toSeconds() < 1) {
      throw new IllegalArgumentException("a fleet needs a timeout, and a second to run: " + timeout + ", " + latency + ", " + duration);
    }
    traffic = List.copyOf(traffic);
    changes = List.copyOf(changes);
  }

  /**
   * The usual trouble: 800 calls/s to a server that can do 1,000, which from the 10th to the 20th second does 5 % of that. 60 s, 200
   * clients, a queue of 1,500, a timeout of 1 s; no limits.
   */
  public static Builder builder() {
    return new Builder().outage(Duration.ofSeconds(10), Duration.ofSeconds(10), 0.05);
  }

  /** The same without the outage. */
  public static Builder steady() {
    return new Builder();
  }

  /** When the last change, of the capacity or of a limit, has been made; zero if there is none. */
  Duration endOfTrouble() {
    return changes.isEmpty() ? Duration.ZERO : changes.get(changes.size() - 1).at();
  }

  /** Not thread-safe. */
  public static final class Builder {
    private int clients = 200;
    private double load = 800;
    private double capacity = 1000;
    private int queue = 1500; // longer than a second's work: a full one makes every answer too late, as overload does
    private double refusalCost = 0.05;
    private Duration timeout = Duration.ofSeconds(1);
    private Duration latency = Duration.ofMillis(5);
    private Duration duration = Duration.ofSeconds(60);
    private boolean regular;
    private List<Traffic> traffic = List.of(Traffic.put("logs", "app/1.log", 64 << 10), Traffic.get("logs", "app/2.log", 64 << 10));
    private final List<Change> changes = new ArrayList<>();
    private long seed = 1;

    private Builder() {}

    public Builder clients(int number) {
      clients = number;
      return this;
    }

    /** Calls per second of all clients together. */
    public Builder load(double perSecond) {
      load = perSecond;
      return this;
    }

    /** What the server can do, and how many requests may wait for it. */
    public Builder server(double requestsPerSecond, int places) {
      capacity = requestsPerSecond;
      queue = places;
      return this;
    }

    /** What a refusal costs the server, as part of a request's work. */
    public Builder refusalCost(double part) {
      refusalCost = part;
      return this;
    }

    /** How long clients wait for an answer. */
    public Builder timeout(Duration wait) {
      timeout = Objects.requireNonNull(wait, "wait");
      return this;
    }

    /** Of the network, one way. */
    public Builder latency(Duration oneWay) {
      latency = Objects.requireNonNull(oneWay, "oneWay");
      return this;
    }

    /** How long calls are made. */
    public Builder duration(Duration length) {
      duration = Objects.requireNonNull(length, "length");
      return this;
    }

    /** Calls at even intervals, a little moved, instead of at random. */
    public Builder regular() {
      regular = true;
      return this;
    }

    /** What the calls are, in place of uploads and downloads of 64 KiB in equal parts. */
    public Builder traffic(Traffic... kinds) {
      traffic = List.of(kinds);
      return this;
    }

    /** For {@code length} the server does {@code factor} times the usual; in place of all changes of capacity so far. */
    public Builder outage(Duration at, Duration length, double factor) {
      changes.removeIf(Change.Capacity.class::isInstance);
      return capacity(at, factor).capacity(at.plus(length), 1);
    }

    /** From {@code at} on the server does {@code factor} times the usual. */
    public Builder capacity(Duration at, double factor) {
      changes.add(new Change.Capacity(at, factor));
      return this;
    }

    /** A limit from the start. */
    public Builder limit(Limit limit) {
      return limit(Duration.ZERO, limit);
    }

    /** A limit from {@code at} on. */
    public Builder limit(Duration at, Limit limit) {
      changes.add(new Change.Limited(at, limit));
      return this;
    }

    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * The scenario.
     *
     * @throws IllegalArgumentException if nothing could run in it
     */
    public Scenario build() {
      List<Change> inOrder = new ArrayList<>(changes);
      inOrder.sort((a, b) -> a.at().compareTo(b.at()));
      return new Scenario(
          clients, load, capacity, queue, refusalCost, timeout, latency, duration, regular, traffic, inOrder, seed);
    }
  }
}
