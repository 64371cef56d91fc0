package dev.ossresilience.benchmarks.scorecard.script;

/**
 * What the judge found.
 *
 * @param note why, in a few words; also where all is well and there is something to say
 */
public record Finding(Verdict verdict, String note) {
  static Finding ok(String note) {
    return new Finding(Verdict.OK, note);
  }

  static Finding gaveUp(String note) {
    return new Finding(Verdict.GAVE_UP, note);
  }

  static Finding wrong(String note) {
    return new Finding(Verdict.WRONG, note);
  }
}
