package dev.ossresilience.testkit.fault;

import java.util.Locale;

/** The name of a fault whose kind says it all: {@code APPLY_THEN_DROP} is written {@code applyThenDrop}, as its factory method is. */
final class KindName {
  private KindName() {}

  static String of(Enum<?> kind) {
    StringBuilder name = new StringBuilder();
    for (String word : kind.name().split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      name.append(name.isEmpty() ? lower : word.charAt(0) + lower.substring(1));
    }
    return name.toString();
  }
}
