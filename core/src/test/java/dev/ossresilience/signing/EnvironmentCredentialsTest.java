package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentCredentialsTest {
  @Test
  void anEnvironmentVariableThatIsMissingIsNamed() {
    Map<String, String> half = Map.of("OSS_ACCESS_KEY_ID", "CANARY", "OSS_SESSION_TOKEN", "");
    assertThatThrownBy(() -> EnvironmentCredentials.from(half))
        .hasMessageContaining("OSS_ACCESS_KEY_SECRET is not set")
        .hasMessageNotContaining("CANARY");
    assertThatThrownBy(() -> EnvironmentCredentials.from(Map.of("OSS_ACCESS_KEY_ID", "")))
        .hasMessageContaining("OSS_ACCESS_KEY_ID is not set");
    assertThat(EnvironmentCredentials.from(Map.of("OSS_ACCESS_KEY_ID", "a", "OSS_ACCESS_KEY_SECRET", "s", "OSS_SESSION_TOKEN", "")))
        .isEqualTo(Credentials.of("a", "s"));
    assertThat(EnvironmentCredentials.from(Map.of("OSS_ACCESS_KEY_ID", "a", "OSS_ACCESS_KEY_SECRET", "s", "OSS_SESSION_TOKEN", "t")))
        .isEqualTo(new Credentials("a", "s", "t"));
  }
}
