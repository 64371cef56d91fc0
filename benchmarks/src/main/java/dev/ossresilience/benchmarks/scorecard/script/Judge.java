package dev.ossresilience.benchmarks.scorecard.script;

import dev.ossresilience.benchmarks.scorecard.peer.Told;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The same rules for everybody: what the caller was told is held against what the simulator has stored. */
final class Judge {
  /** Answers by which OSS says that a write did not happen because of what is there, or isn't. Who is told one of them believes it. */
  private static final Set<String> REFUSALS =
      Set.of("PositionNotEqualToLength", "ObjectNotAppendable", "FileAlreadyExists", "NoSuchUpload", "NoSuchKey", "InvalidPart");

  private Judge() {}

  /** A write that can be brought to a good end. */
  static Finding written(Told told, byte @Nullable [] stored, byte[] ours) {
    int times = occurrences(stored, ours);
    if (times > 1) {
      return Finding.wrong("stored " + times + " times, told " + told.words());
    }
    if (told.success()) {
      return times == 1 ? Finding.ok("") : Finding.wrong("told success, " + (stored == null ? "nothing stored" : "other bytes stored"));
    }
    if (times == 1) {
      return REFUSALS.contains(told.code())
          ? Finding.wrong("told " + told.words() + ", though stored")
          : Finding.gaveUp("told " + told.words() + ", though stored");
    }
    return Finding.gaveUp("told " + told.words());
  }

  /** An append beside another writer's, who came first: a true refusal is as good as bytes after the other's. */
  static Finding beside(Told told, byte @Nullable [] stored, byte[] ours) {
    boolean refusedTruly = !told.success() && told.code().equals("PositionNotEqualToLength") && occurrences(stored, ours) == 0;
    Finding finding = refusedTruly ? Finding.ok("told " + told.words() + ", truly") : written(told, stored, ours);
    return finding.verdict() == Verdict.OK && told.success() ? Finding.ok("stored after the other's bytes") : finding;
  }

  /** A write that had to end soon; how, is its own choice. */
  static Finding ended(Told told, byte @Nullable [] stored, byte[] ours) {
    Finding finding = written(told, stored, ours);
    return finding.verdict() == Verdict.GAVE_UP ? Finding.ok(finding.note() + ", soon") : finding;
  }

  /** A download. */
  static Finding read(Told told, byte[] expected) {
    if (told.success()) {
      return Arrays.equals(told.content(), expected) ? Finding.ok("") : Finding.wrong("told success with " + told.content().length + " of " + expected.length + " bytes");
    }
    return Finding.gaveUp("told " + told.words());
  }

  /** A download that can't be had whole: no bytes may be taken for all of them. */
  static Finding readOrTold(Told told, byte[] expected) {
    return told.success() ? read(told, expected) : Finding.ok("told " + told.words());
  }

  /** A question. */
  static Finding answered(Told told, String expected) {
    if (told.success()) {
      return told.value().equals(expected) ? Finding.ok("") : Finding.wrong("told " + told.value() + " for " + expected);
    }
    return Finding.gaveUp("told " + told.words());
  }

  /** A call that must fail, with OSS's own words for it. */
  static Finding refused(Told told, int status, String code) {
    if (told.success()) {
      return Finding.wrong("told success");
    }
    boolean named = told.code().equals(code) || told.status() == status;
    return named ? Finding.ok("told " + told.words()) : Finding.gaveUp("told " + told.words() + " in place of " + status + " " + code);
  }

  /** How often {@code ours} is in {@code stored}. */
  private static int occurrences(byte @Nullable [] stored, byte[] ours) {
    int times = 0;
    for (int i = 0; stored != null && i + ours.length <= stored.length; i++) {
      if (Arrays.equals(stored, i, i + ours.length, ours, 0, ours.length)) {
        times++;
        i += ours.length - 1;
      }
    }
    return times;
  }
}
