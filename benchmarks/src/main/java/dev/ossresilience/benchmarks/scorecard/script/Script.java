package dev.ossresilience.benchmarks.scorecard.script;

import dev.ossresilience.signing.Credentials;
import java.util.List;

/**
 * Faults and the call that meets them.
 *
 * @param name to choose it by
 * @param title what happens, for readers
 * @param right what counts as right where it isn't simply success with the right bytes stored once; else empty
 * @param credentials what the client's source of credentials gives, first and later; the simulator takes all of them
 */
public record Script(String name, Group group, String title, String right, List<Credentials> credentials, Play play) {
  /** Which part of the table it belongs to. */
  public enum Group {
    ERRORS("Errors that pass"),
    NETWORK("The network"),
    APPENDS("Appends"),
    DOUBT("Other writes whose answer is lost"),
    CLOCK("Clocks and credentials"),
    BODIES("Bodies and bytes"),
    END("Knowing when to stop");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** As it is shown. */
    public String title() {
      return title;
    }
  }

  /** Makes the call and judges how it ended. */
  @FunctionalInterface
  interface Play {
    Finding on(Stage stage) throws Exception;
  }

  static Script of(String name, Group group, String title, Play play) {
    return new Script(name, group, title, "", List.of(Credentials.of("ak", "sk")), play);
  }

  Script rightIs(String newRight) {
    return new Script(name, group, title, newRight, credentials, play);
  }

  Script with(List<Credentials> newCredentials) {
    return new Script(name, group, title, right, newCredentials, play);
  }
}
