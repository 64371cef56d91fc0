package dev.ossresilience.examples.ship;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.examples.stage.ProgressBar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Appends the records in order and notes what OSS acknowledged. Stops at the first that it didn't: order matters in a log. */
final class Shipper {
  /** Where an acknowledged record begins, how long it is, and the CRC64 of its bytes as they were sent. */
  record Acknowledged(long position, int length, long crc) {}

  private final Destination destination;
  private final ProgressBar bar;
  private final LongSupplier faults;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private String failure = "";
  private boolean lastMayBeStored;

  Shipper(Destination destination, ProgressBar bar, LongSupplier faults) {
    this.destination = destination;
    this.bar = bar;
    this.faults = faults;
  }

  void ship(RecordFile file) {
    long bytes = 0;
    try (RecordFile.Reader records = file.read()) {
      for (byte[] record = records.next(); record != null; record = records.next()) {
        acknowledged.add(new Acknowledged(destination.append(record), record.length, Crc64.of(record)));
        bytes += record.length;
        bar.show(bytes, file.bytes(), () -> acknowledged.size() + " records, " + faults.getAsLong() + " faults ");
      }
    } catch (ShipException e) {
      failure = String.valueOf(e.getMessage());
    } catch (IOException e) {
      lastMayBeStored = AmbiguousAppendException.in(e) != null;
      failure = String.valueOf(e.getMessage());
    }
    bar.end();
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
