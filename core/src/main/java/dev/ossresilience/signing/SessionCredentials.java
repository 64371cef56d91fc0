package dev.ossresilience.signing;

import java.time.Duration;
import java.util.Objects;

/**
 * Credentials that were issued for a while, by STS or the metadata service of a machine.
 *
 * @param validFor how long they are good from now on; what is left of it is measured by a clock that never jumps, so that a wrong wall
 *     clock makes no difference
 */
public record SessionCredentials(Credentials credentials, Duration validFor) {
  /** Nothing that OSS takes lives longer; who has a key without an end has {@link CredentialsProvider#of}. */
  private static final Duration LONGEST = Duration.ofDays(365);

  public SessionCredentials {
    Objects.requireNonNull(credentials, "credentials");
    if (validFor.isZero() || validFor.isNegative() || validFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("validFor " + validFor + " must be positive and at most " + LONGEST + ": how long they are good from now on");
    }
  }

  /** Fetches new ones, with whatever I/O that takes. */
  @FunctionalInterface
  public interface Source {
    /**
     * New credentials.
     *
     * @throws Exception if there are none to be had; asked again at the next need
     */
    SessionCredentials fetch() throws Exception;
  }
}
