package dev.ossresilience.benchmarks.scorecard.script;

/** How a call ended, measured by what its caller was told and what is stored. */
public enum Verdict {
  /** Rightly: done and told so, or, where that can't be, told truly what is wrong. */
  OK("ok", "done, or told truly why not"),
  /** With an error that its caller could have been spared, or that hides what happened; nothing false was said. */
  GAVE_UP("gave up", "an error that could be spared"),
  /** With something false: a success that is none, a refusal of what is stored, data twice, damaged or lost, a secret given away. */
  WRONG("wrong", "told falsely, damaged, or given away"),
  /** Not within the time limit of a cell. */
  HUNG("hung", "no end within 20 s");

  private final String words;
  private final String meaning;

  Verdict(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  /** As it is shown. */
  public String words() {
    return words;
  }

  /** For a legend. */
  public String meaning() {
    return meaning;
  }
}
