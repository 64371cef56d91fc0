package dev.ossresilience.exchange;

import java.io.IOException;

/** A request could not be signed; nothing of it was sent. */
final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names only the class of the cause in the message: whoever holds credentials may have put them into its own. */
  SigningException(RuntimeException cause) {
    super("the request could not be signed, and was not sent: the signer or its CredentialsProvider threw " + cause.getClass().getName(), cause);
  }
}
