package dev.ossresilience.signing;

import java.time.Duration;
import java.util.Objects;

/**
 * Gives the credentials to sign the next attempt with. Asked before every attempt, by many threads: must be thread-safe and, as a rule,
 * answer from memory.
 */
@FunctionalInterface
public interface CredentialsProvider {
  /**
   * The credentials in force now.
   *
   * @throws RuntimeException if there are none; the call ends with an exception and nothing is sent
   */
  Credentials current();

  /**
   * The same for somebody who can't wait for longer than {@code atMost}. A provider that may have to fetch them overrides this: nobody can
   * end {@link #current()} from outside, and a call whose time it used up sends nothing.
   *
   * @throws RuntimeException also if it takes longer
   */
  default Credentials current(Duration atMost) {
    return current();
  }

  /**
   * Called when OSS refused {@code refused}: gets others if it can. If several calls find out at the same time one fetch should do for
   * all of them.
   *
   * @return whether other credentials are in force now, so that signing again is worth a try; unless overridden, whether
   *     {@link #current(Duration)} has others by now
   * @throws RuntimeException if they could not be fetched within {@code atMost}
   */
  default boolean refresh(Credentials refused, Duration atMost) {
    return !current(atMost).equals(refused);
  }

  /** Always the same credentials. */
  static CredentialsProvider of(Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    return () -> credentials;
  }

  /**
   * What the environment variables {@code OSS_ACCESS_KEY_ID}, {@code OSS_ACCESS_KEY_SECRET} and, for STS, {@code OSS_SESSION_TOKEN} hold:
   * the names that the official SDKs use.
   *
   * @throws IllegalStateException if one of the first two is missing
   */
  static CredentialsProvider environment() {
    return of(EnvironmentCredentials.from(System.getenv()));
  }

  /**
   * Temporary credentials: fetched when they are first needed, again some time before they expire, and when OSS refuses them. The source
   * is asked by one thread at a time, a daemon, and never while there is nothing to do.
   */
  static CredentialsProvider session(SessionCredentials.Source source) {
    return new SessionProvider(source);
  }
}
