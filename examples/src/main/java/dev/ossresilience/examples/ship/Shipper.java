package dev.ossresilience.examples.ship;

import dev.ossresilience.append.AmbiguousAppendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Appends the records in order and notes what OSS acknowledged. Stops at the first that it didn't: order matters in a log. */
final class Shipper {
  /** Where an acknowledged record begins and how long it is. */
  record Acknowledged(long position, int length) {}

  private final Destination destination;
  private final Progress progress;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private String failure = "";
  private boolean lastMayBeStored;

  Shipper(Destination destination, Progress progress) {
    this.destination = destination;
    this.progress = progress;
  }

  void ship(RecordFile file, long start) throws IOException {
    long position = start;
    long bytes = 0;
    try (RecordFile.Reader records = file.read()) {
      for (byte[] record = records.next(); record != null; record = records.next()) {
        position = destination.append(position, record);
        acknowledged.add(new Acknowledged(position - record.length, record.length));
        bytes += record.length;
        progress.show(bytes, file.bytes(), acknowledged.size());
      }
    } catch (AmbiguousAppendException e) {
      lastMayBeStored = true;
      failure = String.valueOf(e.getMessage());
    } catch (ShipException | IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    progress.end();
  }

  List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  /** Why not all records were acknowledged; empty if they were. */
  String failure() {
    return failure;
  }

  /** Whether the first record that was not acknowledged may be stored all the same. */
  boolean lastMayBeStored() {
    return lastMayBeStored;
  }
}
