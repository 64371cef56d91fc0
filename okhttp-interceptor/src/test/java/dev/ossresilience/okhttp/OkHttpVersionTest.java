package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** The build runs all tests once on each OkHttp it names; that would prove nothing if both times the same one were there. */
class OkHttpVersionTest {
  @Test
  void theTestsRunOnTheOneThatTheBuildNames() throws IOException {
    System.out.println("OkHttp " + OnOkHttp.version());
    assertThat(OnOkHttp.version()).isEqualTo(System.getProperty("okhttp.expected"));
    assertThat(Collections.list(getClass().getClassLoader().getResources("okhttp3/OkHttpClient.class"))).hasSize(1);
  }

  @Test
  void beforeVersion5Dot4NothingCanBeOverridden() {
    assertThat(OnOkHttp.canOverride()).isEqualTo(!OnOkHttp.version().matches("4\\..*|5\\.[0-3]\\..*"));
    assertThat(OnOkHttp.client().build().followRedirects()).as("the default stays where it can").isEqualTo(new OkHttpClient().followRedirects() && OnOkHttp.canOverride());
  }
}
