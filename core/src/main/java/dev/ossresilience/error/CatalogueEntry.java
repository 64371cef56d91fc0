package dev.ossresilience.error;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one error code means. Immutable.
 *
 * @param code as OSS sends it, case-sensitive; in a fallback for codes nobody knows, a status such as {@code 429} or a class such as
 *     {@code 5xx}
 * @param statuses the HTTP statuses it comes with
 * @param scope what has to slow down; null where nothing is limited
 * @param message as documented, empty if that isn't known
 * @param cause why it happens, in words
 * @param solution what to do, in words
 * @param elements names of the elements its document carries besides the usual
 * @param ecs the values of {@code x-oss-ec} it is known to come with; of use only where the code itself is missing
 * @param source how all this is known: {@code document}, {@code wire}, {@code inference} or {@code user}
 */
public record CatalogueEntry(
    String code,
    List<Integer> statuses,
    Verdict verdict,
    Effect effect,
    @Nullable ThrottleScope scope,
    String message,
    String cause,
    String solution,
    List<String> elements,
    List<String> ecs,
    String source) {
  public CatalogueEntry {
    if (code.isBlank()) {
      throw new IllegalArgumentException("a catalogue entry needs a code");
    }
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(effect, "effect");
    statuses = List.copyOf(statuses);
    elements = List.copyOf(elements);
    ecs = List.copyOf(ecs);
  }

  /** An entry of the user's own: for a code the catalogue doesn't know, or to see a known one differently. */
  public static CatalogueEntry of(String code, int status, Verdict verdict, Effect effect) {
    return new CatalogueEntry(code, List.of(status), verdict, effect, null, "", "", "", List.of(), List.of(), "user");
  }

  /** Verdict and effect. */
  public Diagnosis diagnosis() {
    return new Diagnosis(verdict, effect);
  }
}
