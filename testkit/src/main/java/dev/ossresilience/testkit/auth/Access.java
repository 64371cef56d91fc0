package dev.ossresilience.testkit.auth;

import dev.ossresilience.testkit.answer.Failure;

/** What the question who sent a request comes to. */
public sealed interface Access {
  /** By somebody who proved to have the key. */
  record Granted(String accessKeyId) implements Access {}

  /** Unsigned: what is open to everybody may be had. */
  record Anonymous() implements Access {}

  /** Whether somebody proved to have the key. */
  default boolean isGranted() {
    return this instanceof Granted;
  }

  /** Signed, but not well. */
  record Refused(Failure failure) implements Access {}
}
