package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTargetTest {
  @ParameterizedTest
  @CsvSource({
    "/k?append&position=0, /k?append&position=7",
    "/k?position=0&append, /k?position=7&append",
    "/k?append=&position=0&x=%7e%2B, /k?append=&position=7&x=%7e%2B",
    "/k?append&pos%69tion=0&a=b=c, /k?append&position=7&a=b=c",
    "/k?position=1&a&position=2, /k?position=7&a",
    "/k?append&position, /k?append&position=7",
    "/k?append, /k?append&position=7",
    "/k?append&, /k?append&&position=7",
    "/k, /k?position=7",
    "/k?, /k?position=7",
  })
  void onlyTheParameterChanges(String before, String after) {
    assertThat(RawTarget.withParameter(before, "position", "7")).isEqualTo(after);
  }

  @Test
  void whatIsSetIsEncoded() {
    assertThat(RawTarget.withParameter("/k", "a b", "c&d/é")).isEqualTo("/k?a%20b=c%26d%2F%C3%A9");
  }

  @Test
  void targetComesApartAtTheFirstQuestionMark() {
    assertThat(RawTarget.path("/k?a?b")).isEqualTo("/k");
    assertThat(RawTarget.query("/k?a?b")).isEqualTo("a?b");
    assertThat(RawTarget.path(null)).isEqualTo("/");
    assertThat(RawTarget.path("?a")).isEqualTo("/");
    assertThat(RawTarget.query("/k")).isNull();
    assertThat(RawTarget.query(null)).isNull();
  }
}
