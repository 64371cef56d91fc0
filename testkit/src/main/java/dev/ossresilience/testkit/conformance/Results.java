package dev.ossresilience.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the cases showed of one adapter, by family. Thread-safe. */
public final class Results {
  private final String adapter;
  private final Map<String, int[]> passedAndAll = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private int spoiled;

  Results(String adapter) {
    this.adapter = adapter;
  }

  synchronized void add(ConformanceCase one, List<String> complaints) {
    int[] counts = passedAndAll.computeIfAbsent(one.family(), family -> new int[2]);
    counts[0] += complaints.isEmpty() ? 1 : 0;
    counts[1]++;
    if (!complaints.isEmpty()) {
      failures.add(one + ": " + String.join("; ", complaints));
    }
  }

  /** Notes that a case had to be made again. */
  synchronized void addSpoiled() {
    spoiled++;
  }

  /** Every case that failed, with what was wrong. */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Family by family how many cases passed, as a Markdown table. */
  public synchronized String table() {
    StringBuilder table = new StringBuilder("| ").append(adapter).append(" | passed |\n|---|---:|\n");
    int passed = 0;
    int all = 0;
    for (Map.Entry<String, int[]> family : passedAndAll.entrySet()) {
      int[] counts = family.getValue();
      table.append("| ").append(family.getKey()).append(" | ").append(counts[0]).append('/').append(counts[1]).append(" |\n");
      passed += counts[0];
      all += counts[1];
    }
    table.append("| all | ").append(passed).append('/').append(all).append(" |\n");
    return spoiled == 0 ? table.toString() : table + "\n" + spoiled + " times a case was made again, since a request timed out that nothing held up.\n";
  }

  /** Writes the table into a folder, in a file named after the adapter. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(fileName() + ".md"), table());
  }

  /** Writes the same as data: the adapter's name, then family, passed and all, between tabs. */
  synchronized void writeData(Path folder) throws IOException {
    StringBuilder data = new StringBuilder(adapter).append('\n');
    passedAndAll.forEach((family, counts) -> data.append(family).append('\t').append(counts[0]).append('\t').append(counts[1]).append('\n'));
    Files.writeString(folder.resolve(fileName() + ".tsv"), data);
  }

  /** How many cases were run. */
  synchronized int size() {
    return passedAndAll.values().stream().mapToInt(counts -> counts[1]).sum();
  }

  private String fileName() {
    return adapter.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
