package dev.ossresilience.exchange;

import dev.ossresilience.signing.UnsignableException;
import java.io.IOException;

/** A request could not be signed; nothing of it was sent. */
final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  SigningException(UnsignableException cause) {
    super("the request could not be signed, and so was not sent (again): " + cause.getMessage(), cause);
  }

  SigningException(String why) {
    super("the request could not be signed, and so was not sent (again): " + why);
  }
}
