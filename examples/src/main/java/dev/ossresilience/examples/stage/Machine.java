package dev.ossresilience.examples.stage;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a command touches besides files and sockets, so that tests can hand in another.
 *
 * @param environment the environment variables; some are secret
 * @param terminal whether colours and a line that changes can be shown
 */
public record Machine(Map<String, String> environment, TimeSource time, Waiter waiter, boolean terminal) {
  /**
   * Those of the environment, for a real OSS.
   *
   * @throws IllegalArgumentException naming the variable that is missing
   */
  public Credentials credentials() {
    return new Credentials(required("OSS_ACCESS_KEY_ID"), required("OSS_ACCESS_KEY_SECRET"), optional("OSS_SESSION_TOKEN"));
  }

  private String required(String name) {
    String value = optional(name);
    if (value == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return value;
  }

  private @Nullable String optional(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Names no variable: some are secret. */
  @Override
  public String toString() {
    return "Machine[" + time + "]";
  }
}
