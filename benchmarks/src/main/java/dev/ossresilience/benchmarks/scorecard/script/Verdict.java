package dev.ossresilience.benchmarks.scorecard.script;

/** How a call ended, measured by what its caller was told and what is stored. */
public enum Verdict {
  /** Rightly: done and told so, or, where that can't be, told truly what is wrong. */
  OK("ok"),
  /** With an error that its caller could have been spared, or that hides what happened; nothing false was said. */
  GAVE_UP("gave up"),
  /** With something false: a success that is none, a refusal of what is stored, data twice, damaged or lost, a secret given away. */
  WRONG("wrong"),
  /** Not within the time limit of a cell. */
  HUNG("hung");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As it is shown. */
  public String words() {
    return words;
  }
}
