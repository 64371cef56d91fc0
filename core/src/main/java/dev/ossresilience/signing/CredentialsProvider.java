package dev.ossresilience.signing;

/** Gives the credentials to sign the next attempt with. Called before every attempt, by many threads: must be thread-safe and fast. */
@FunctionalInterface
public interface CredentialsProvider {
  /** The credentials in force now. */
  Credentials current();

  /** Always the same credentials. */
  static CredentialsProvider of(Credentials credentials) {
    return () -> credentials;
  }
}
