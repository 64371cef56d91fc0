package dev.ossresilience.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what an error document echoes of our secrets out of texts for people. */
final class Redaction {
  /** Elements that echo credentials, or from which a signature could be checked against guesses. */
  private static final List<String> SECRET =
      List.of("SecurityToken", "StringToSign", "StringToSignBytes", "SignatureProvided", "CanonicalRequest", "OSSAccessKeyId");

  /** A message longer than that is a page, not a message. */
  private static final int MAX_MESSAGE_CHARS = 300;

  /** Shorter values are too common to be searched for in a message. */
  private static final int MIN_SECRET_CHARS = 4;

  private Redaction() {}

  static boolean isSecret(String element) {
    return SECRET.contains(element);
  }

  /** The error's message on one line, cut to length; masked if it quotes a secret element. */
  static @Nullable String of(OssError error) {
    String message = error.message();
    if (message == null) {
      return null;
    }
    for (String element : SECRET) {
      String secret = error.details().get(element);
      if (secret != null && secret.length() >= MIN_SECRET_CHARS && message.contains(secret)) {
        return "(redacted)";
      }
    }
    String line = message.length() > MAX_MESSAGE_CHARS ? message.substring(0, MAX_MESSAGE_CHARS) + "..." : message;
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
