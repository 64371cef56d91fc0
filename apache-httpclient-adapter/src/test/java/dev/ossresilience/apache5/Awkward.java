package dev.ossresilience.apache5;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that somebody between a caller and a server may encode, decode, trim or fold; all are good for keys, which begin with no slash. */
final class Awkward {
  private static final List<String> SPECIAL =
      List.of(
          "a b", " a", "a ", "a+b", "a%2Fb", "a%20b", "a%", "%", "100%25", "%zz", "a~b", "a%7Eb", "a*b", "a//b", "a/", "a//", "a/b/c", "a.b/..c/d..",
          "a;b=c", "a?b", "a#b", "a&b=c", "日志/2026.log", "ü", "u\u0308", "€", "😀", "\u00a0", "\u200b", "\ufeffa", "tab\there", "key=a&append&position=0", "'\"<>\\^`{|}");

  private Awkward() {}

  /** Every printable ASCII character, and what is known to cause trouble. */
  static List<String> texts() {
    return Stream.concat(IntStream.rangeClosed(' ', '~').mapToObj(c -> "a" + (char) c + "b"), SPECIAL.stream()).toList();
  }
}
