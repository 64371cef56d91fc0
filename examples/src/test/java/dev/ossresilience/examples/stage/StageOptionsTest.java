package dev.ossresilience.examples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageOptionsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("OSS_ACCESS_KEY_ID", "ak", "OSS_ACCESS_KEY_SECRET", "CANARY");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--faults -1|--faults -1 must be between",
        "--faults 101|--faults 101 must be between",
        "--faults many|Invalid value",
        "--colour red|Unknown option",
        "--bucket logs|--bucket is for a real OSS",
        "--region cn-hangzhou|--region is for a real OSS",
        "--endpoint https://h|--endpoint also needs --region",
        "--endpoint https://h --region r|--endpoint also needs --bucket",
        "--endpoint ftp://h --region r --bucket logs|must be http:// or https://",
        "--endpoint https://h --region oss-r --bucket logs|region",
        "--endpoint https://h --region r --bucket a/b|--bucket 'a/b' is no bucket's name"
      })
  void badUsageIsOneClearLineOfEachCommand(String args, String says) {
    for (String command : List.of("okhttp", "apache", "retrofit", "presigned")) {
      assertBadUsage(Played.with(ENVIRONMENT, command, args.split(" ")), command, says);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"})
  void missingEnvironmentIsNamed(String name) {
    Map<String, String> others = new HashMap<>(ENVIRONMENT);
    others.put(name, " ");
    assertBadUsage(Played.with(others, "okhttp", "--endpoint", "https://h", "--region", "r", "--bucket", "logs"), "okhttp", "the environment variable " + name + " is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "apache", "retrofit", "presigned"})
  void helpSaysWhatTheStatusMeansAndWhatARealOssNeeds(String command) {
    Played played = Played.with(command, "--help");
    assertThat(played.status()).isZero();
    assertThat(played.out()).contains("Exit status: 0", "OSS_ACCESS_KEY_ID", "Without --endpoint", "--seed", "--faults");
  }

  private static void assertBadUsage(Played played, String command, String says) {
    assertThat(played.err()).startsWith(command + ": ").contains(says).contains("(see --help)").doesNotContain("CANARY").hasLineCount(1);
    assertThat(played.status()).isEqualTo(2);
    assertThat(played.out()).isEmpty();
  }
}
