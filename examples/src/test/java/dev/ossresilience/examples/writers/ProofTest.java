package dev.ossresilience.examples.writers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The proof finds what it is there to find, and the picture is that of the bytes. */
class ProofTest {
  @Test
  void anyMixtureThatKeepsEachWritersOrderIsRight() {
    assertThat(proof("A1\n", "B1\n", "A2\n", "B2\n").holds()).isTrue();
    assertThat(proof("B1\n", "B2\n", "A1\n", "A2\n").holds()).isTrue();
  }

  @Test
  void whatIsWrongIsCounted() {
    assertThat(proof("A1\n", "B1\n", "B2\n")).as("missing").isEqualTo(new Proof(1, 0, 0, 0));
    assertThat(proof("A1\n", "B1\n", "A2\n", "B2\n", "B2\n")).as("doubled").isEqualTo(new Proof(0, 1, 0, 0));
    assertThat(proof("A1\n", "C1\n", "B1\n", "A2\n", "B2\n")).as("a stranger").isEqualTo(new Proof(0, 0, 1, 0));
    assertThat(proof("A2\n", "A1\n", "B1\n", "B2\n")).as("disordered").isEqualTo(new Proof(0, 0, 0, 1));
    assertThat(proof("A1\n", "A2\n", "B1\n", "B2")).as("a record without its end").isEqualTo(new Proof(1, 0, 1, 0));
    assertThat(proof()).as("nothing").isEqualTo(new Proof(4, 0, 0, 0));
  }

  @Test
  void theStripShowsWhoseBytesLieWhere() {
    String rest = "x".repeat(36) + "\n";
    assertThat(Strip.of(("A" + rest + "B" + rest).getBytes(UTF_8), false)).isEqualTo("A".repeat(38) + "B".repeat(38));
    assertThat(Strip.of(new byte[0], false)).isEqualTo(".".repeat(76));
  }

  private static Proof proof(String... log) {
    return Proof.of(String.join("", log).getBytes(UTF_8), List.of(List.of("A1\n", "A2\n"), List.of("B1\n", "B2\n")));
  }
}
