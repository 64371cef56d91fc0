package dev.ossresilience.examples.ship;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Appends the records in order and notes what OSS acknowledged. Stops at the first that it didn't: order matters in a log. */
final class Shipper {
  /** Where an acknowledged record begins, how long it is, and the CRC64 of its bytes as they were sent. */
  record Acknowledged(long position, int length, long crc) {}

  private final Destination destination;
  private final Progress progress;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private String failure = "";
  private boolean lastMayBeStored;

  Shipper(Destination destination, Progress progress) {
    this.destination = destination;
    this.progress = progress;
  }

  void ship(RecordFile file) {
    long bytes = 0;
    try (RecordFile.Reader records = file.read()) {
      for (byte[] record = records.next(); record != null; record = records.next()) {
        acknowledged.add(new Acknowledged(destination.append(record), record.length, Crc64.of(record)));
        bytes += record.length;
        progress.show(bytes, file.bytes(), acknowledged.size());
      }
    } catch (ShipException e) {
      failure = String.valueOf(e.getMessage());
    } catch (IOException e) {
      lastMayBeStored = AmbiguousAppendException.in(e) != null;
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
