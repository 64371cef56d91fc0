package dev.ossresilience.examples.writers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the log holds, against what its writers were told.
 *
 * @param missing records that were acknowledged and aren't there
 * @param doubled records that are there more than once
 * @param strangers lines that nobody wrote, or that nobody was told to be stored
 * @param disordered writers whose records don't lie in the order in which they were written
 */
record Proof(int missing, int doubled, int strangers, int disordered) {
  /** @param acknowledged what each writer was told to be stored, in the order in which it wrote */
  static Proof of(byte[] log, List<List<String>> acknowledged) {
    List<String> lines = log.length == 0 ? List.of() : List.of(new String(log, UTF_8).split("(?<=\n)"));
    Map<String, Integer> times = new HashMap<>();
    lines.forEach(line -> times.merge(line, 1, Integer::sum));
    int missing = 0;
    int doubled = 0;
    int disordered = 0;
    for (List<String> records : acknowledged) {
      Set<String> written = new LinkedHashSet<>(records);
      List<String> inLog = lines.stream().filter(written::contains).distinct().toList();
      List<String> asWritten = written.stream().filter(times::containsKey).toList();
      missing += written.size() - asWritten.size();
      doubled += (int) asWritten.stream().filter(record -> times.getOrDefault(record, 0) > 1).count();
      disordered += inLog.equals(asWritten) ? 0 : 1;
      times.keySet().removeAll(written);
    }
    return new Proof(missing, doubled, times.size(), disordered);
  }

  /** Every record of every writer is there once and in its order, and nothing else is. */
  boolean holds() {
    return missing + doubled + strangers + disordered == 0;
  }
}
