package dev.ossresilience.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers were told of their appends, to be compared with what is stored. */
final class AppendHistory {
  /** How an append ended for its caller. */
  enum Claim {
    STORED,
    NOT_STORED,
    UNKNOWN
  }

  private AppendHistory() {}

  /**
   * One append.
   *
   * @param record text that no other append has
   * @param next where the caller was told that the object ends, -1 if it wasn't told
   */
  record Entry(String key, String record, Claim claim, long next) {
    /** What is wrong with the claim, in words; empty if nothing is. */
    String wrongIn(byte @Nullable [] object) {
      String content = object == null ? "" : new String(object, StandardCharsets.ISO_8859_1);
      int first = content.indexOf(record);
      boolean twice = first >= 0 && content.indexOf(record, first + 1) >= 0;
      boolean right =
          switch (claim) {
            case STORED -> first >= 0 && !twice && first + record.length() == next;
            case NOT_STORED -> first < 0;
            case UNKNOWN -> !twice;
          };
      String where = first < 0 ? "not there" : twice ? "there more than once" : "there, ending at " + (first + record.length());
      return right ? "" : record.trim() + " in " + key + " was reported as " + claim + " with next position " + next + " and is " + where;
    }
  }

  /** How many appends ended how. */
  static final class Counts {
    private final Map<Claim, Integer> counts = new EnumMap<>(Claim.class);

    void add(Claim claim) {
      counts.merge(claim, 1, Integer::sum);
    }

    @Override
    public String toString() {
      return "appends " + counts;
    }
  }
}
