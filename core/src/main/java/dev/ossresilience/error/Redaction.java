package dev.ossresilience.error;

import java.util.List;
import java.util.regex.Pattern;
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

  /** Access key ids and tokens as Alibaba Cloud issues them, and whatever else is too long to be a word. */
  private static final Pattern TOKEN_LIKE = Pattern.compile("\\b(?:STS\\.|CAIS|LTAI)[\\w.+/=-]*|[A-Za-z0-9+/=_-]{40,}");

  private Redaction() {}

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
    String start = message.length() > 2 * MAX_MESSAGE_CHARS ? message.substring(0, 2 * MAX_MESSAGE_CHARS) : message;
    String masked = TOKEN_LIKE.matcher(start).replaceAll("***");
    String line = masked.length() > MAX_MESSAGE_CHARS ? masked.substring(0, MAX_MESSAGE_CHARS) + "..." : masked;
    return line.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", " ");
  }
}
