package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HmacSha256Test {
  /** Keys shorter than a block of the hash, as long, and longer. */
  @Test
  void agreesWithTheJdksOwnForKeysOfEveryLength() {
    Random random = new Random(20260105);
    for (int length = 1; length <= 130; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      String text = "é".repeat(random.nextInt(200));
      HmacSha256 hmac = new HmacSha256(key);
      assertThat(hmac.of(text)).isEqualTo(Hmac.of("HmacSHA256", key, text));
      assertThat(hmac.of(text)).isEqualTo(Hmac.of("HmacSHA256", key, text)); // and may be used again
    }
  }
}
