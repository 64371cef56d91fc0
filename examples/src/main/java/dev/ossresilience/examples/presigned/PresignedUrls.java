package dev.ossresilience.examples.presigned;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Presigned URLs for people's eyes: whoever has a whole one has the object. */
final class PresignedUrls {
  private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&]*)=([^&]*)");

  /** All others are left out, known or not. */
  private static final Set<String> NO_SECRETS = Set.of("x-oss-date", "x-oss-expires", "x-oss-signature-version");

  private PresignedUrls() {}

  /** The URL without its signature, and whose it is. */
  static String redacted(String url) {
    return PARAMETER.matcher(url).replaceAll(PresignedUrls::redacted);
  }

  private static String redacted(MatchResult parameter) {
    return parameter.group(1) + parameter.group(2) + "=" + (NO_SECRETS.contains(parameter.group(2)) ? parameter.group(3) : "***");
  }
}
