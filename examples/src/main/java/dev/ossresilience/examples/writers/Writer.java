package dev.ossresilience.examples.writers;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One of the writers: what it has to write, and how its calls fared. */
final class Writer implements ExchangeListener {
  /** Records are of unequal length, so that no writer's position is right by chance. */
  private static final int MOST_FILLING = 120;

  private final char name;
  private final List<String> records = new ArrayList<>();
  private int written;
  private String failure = "";
  private int attempts;
  private int moved;
  private int proven;

  Writer(int index, int count, long seed) {
    name = (char) ('A' + index);
    Random random = new Random(seed + index);
    for (int i = 1; i <= count; i++) {
      records.add(name + " " + i + " " + String.valueOf(Character.toLowerCase(name)).repeat(1 + random.nextInt(MOST_FILLING)) + "\n");
    }
  }

  /** Stops at the first record that isn't known to be stored: what follows would be out of order. */
  void write(SharedLog log) {
    try {
      for (String record : records) {
        log.write(record);
        written++;
      }
    } catch (IOException e) {
      String doubt = AmbiguousAppendException.in(e) == null ? " is not stored: " : " may or may not be stored: ";
      failure = "record " + (written + 1) + doubt + e.getMessage();
    }
  }

  @Override
  public void onEnd(ExchangeReport report) {
    if (report.operation().isAppend()) {
      attempts += report.attempts();
      moved += (int) report.events().stream().filter(event -> event.kind() == Event.Kind.ATTEMPT && event.reason() == Reason.APPEND_CONFLICT).count();
      proven += report.recovered() && report.events().stream().anyMatch(event -> event.kind() == Event.Kind.PROBE) ? 1 : 0;
    }
  }

  char name() {
    return name;
  }

  /** The records that are stored, as far as this writer was told. */
  List<String> acknowledged() {
    return records.subList(0, written);
  }

  /** Why not all records were written; empty if they were. */
  String failure() {
    return failure;
  }

  int attempts() {
    return attempts;
  }

  /** How often a record went behind another writer's instead. */
  int moved() {
    return moved;
  }

  /** How many appends were found to be stored, or not, by asking for what is there. */
  int proven() {
    return proven;
  }
}
