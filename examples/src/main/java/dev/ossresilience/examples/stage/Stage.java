package dev.ossresilience.examples.stage;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Where an example's calls go, the simulator or a real OSS; plans what they meet there and tells what came of them. */
public final class Stage implements AutoCloseable {
  /** A call, or several. */
  @FunctionalInterface
  public interface Act {
    void play() throws IOException;
  }

  /** The same with an answer. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws IOException;
  }

  /** What an account has. */
  record Place(OssEndpoint endpoint, String bucket, OssSigner signer) {}

  private final Machine machine;
  private final PrintWriter out;
  private final Place place;
  private final @Nullable OssSimulator simulator;
  private final int faults;
  private final Random luck;

  /** Apart from what chooses the faults: how often it is asked depends on the time that real calls take. */
  private final Random jitter;

  private Stage(Machine machine, PrintWriter out, Place place, @Nullable OssSimulator simulator, int faults, long seed) {
    this.machine = machine;
    this.out = out;
    this.place = place;
    this.simulator = simulator;
    this.faults = faults;
    this.luck = new Random(seed);
    this.jitter = new Random(seed);
  }

  static Stage simulated(Machine machine, PrintWriter out, long seed, int faults) {
    OssSimulator simulator = SimulatedOss.start(machine.time());
    out.println("Simulated OSS at " + simulator.endpoint() + ", " + faults + (faults == 1 ? " fault" : " faults") + " for each call, seed " + seed);
    OssSigner signer = OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS));
    Place place = new Place(OssEndpoint.of(simulator.endpoint()), SimulatedOss.BUCKET, signer);
    return new Stage(machine, out, place, simulator, faults, seed);
  }

  static Stage real(Machine machine, PrintWriter out, Place place, long seed) {
    out.println("OSS at " + place.endpoint());
    return new Stage(machine, out, place, null, 0, seed);
  }

  /** What a program builds once and shares: it signs. */
  public OssResilience oss() {
    return builder().signer(place.signer()).build();
  }

  /** The same without credentials, for who has presigned URLs. */
  public OssResilience ossWithoutCredentials() {
    return builder().build();
  }

  private OssResilience.Builder builder() {
    OssResilience.Builder builder =
        OssResilience.builder()
            .endpoint(place.endpoint())
            .listener(report -> out.print(Story.of(report)))
            .time(machine.time(), machine.waiter())
            .random(jitter::nextDouble);
    // A budget is a share of many calls; of the two or three of an example, which all fail, it would let the last one starve.
    return simulator == null ? builder : builder.retryBudget(RetryBudget.unlimited());
  }

  public OssEndpoint endpoint() {
    return place.endpoint();
  }

  public String bucket() {
    return place.bucket();
  }

  public void say(String line) {
    out.println(line);
  }

  /** Lets time pass. */
  public void await(Duration duration) throws IOException {
    try {
      machine.waiter().await(duration.toNanos(), () -> false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Plays an act. Its first requests meet some of the faults, one each; each of those must be able to befall any of them. */
  public void act(String title, List<Fault> possible, Act act) throws IOException {
    ask(title, possible, () -> {
      act.play();
      return true;
    });
  }

  /** The same with an answer. */
  public <T> T ask(String title, List<Fault> possible, Question<T> act) throws IOException {
    out.println();
    out.println(title);
    if (simulator == null || possible.isEmpty()) {
      return act.ask();
    }
    List<Fault> drawn = drawn(possible);
    Map<String, Integer> before = simulator.faults().happened();
    simulator.faults().next(drawn.toArray(Fault[]::new));
    try {
      return act.ask();
    } finally {
      Map<String, Integer> after = simulator.faults().happened();
      drawn.removeIf(fault -> Objects.equals(after.get(fault.name()), before.get(fault.name())));
      out.println("  The simulator's faults: " + (drawn.isEmpty() ? "none" : String.join(", ", drawn.stream().map(Fault::toString).toList())));
    }
  }

  /** All different, in an order that the seed chooses. */
  private List<Fault> drawn(List<Fault> possible) {
    List<Fault> drawn = new ArrayList<>(possible);
    Collections.shuffle(drawn, luck);
    drawn.subList(Math.min(faults, drawn.size()), drawn.size()).clear();
    return drawn;
  }

  @Override
  public void close() {
    out.flush();
    if (simulator != null) {
      simulator.close();
    }
  }
}
