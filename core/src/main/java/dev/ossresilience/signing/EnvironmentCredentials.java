package dev.ossresilience.signing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads credentials from environment variables. */
final class EnvironmentCredentials {
  private EnvironmentCredentials() {}

  static Credentials from(Map<String, String> variables) {
    return new Credentials(
        require(variables, "OSS_ACCESS_KEY_ID"), require(variables, "OSS_ACCESS_KEY_SECRET"), nonEmpty(variables.get("OSS_SESSION_TOKEN")));
  }

  private static String require(Map<String, String> variables, String name) {
    String value = nonEmpty(variables.get(name));
    if (value == null) {
      throw new IllegalStateException("the environment variable " + name + " is not set: export it, or use CredentialsProvider.of(...)");
    }
    return value;
  }

  private static @Nullable String nonEmpty(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
