package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.testkit.fleet.Scenario;
import java.util.List;
import java.util.function.Supplier;

/**
 * A scenario, and how it is told.
 *
 * @param text what happens, for a reader who knows nothing
 * @param shades the trouble, to be marked in charts
 */
public record Story(String name, String title, String text, List<Shade> shades, Supplier<Scenario.Builder> setting) {
  public Story {
    shades = List.copyOf(shades);
  }

  /**
   * A time in which something is wrong.
   *
   * @param from in seconds since the start
   * @param strength how bad it is, from 0 to 1
   */
  public record Shade(int from, int to, String label, double strength) {}

  /** With so many clients. */
  public Scenario scenario(int clients, long seed) {
    return setting.get().clients(clients).seed(seed).build();
  }
}
