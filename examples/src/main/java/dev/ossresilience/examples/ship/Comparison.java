package dev.ossresilience.examples.ship;

import dev.ossresilience.crc.Crc64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * What the object holds, against what was acknowledged: each record whole at its place and in order; what lies between them belongs
 * to others.
 *
 * @param lost records acknowledged that are not where they were acknowledged for
 * @param others all bytes that are not ours, in order
 * @param complete whether {@code others} are all there are, and not only as many as fit
 */
record Comparison(int lost, byte[] others, boolean complete) {
  /** Others' bytes are kept in memory to be compared. */
  private static final int MAX_OTHERS = 64 << 20;

  /** Reads the object from {@code start} on. */
  static Comparison of(InputStream object, long start, List<Shipper.Acknowledged> acknowledged) throws IOException {
    int lost = 0;
    long at = start;
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    for (Shipper.Acknowledged place : acknowledged) {
      long gap = place.position() - at;
      if (gap < 0 || others.size() + gap > MAX_OTHERS) {
        lost++; // overlapping the one before, it can't be whole
        continue;
      }
      others.writeBytes(object.readNBytes((int) gap));
      byte[] stored = object.readNBytes(place.length());
      lost += stored.length == place.length() && Crc64.of(stored) == place.crc() ? 0 : 1;
      at = place.position() + place.length();
    }
    others.writeBytes(object.readNBytes(MAX_OTHERS - others.size()));
    return new Comparison(lost, others.toByteArray(), object.read() < 0);
  }

  /**
   * How often records of ours are also among the others' bytes.
   *
   * @param lastMayBeStored whether the first record that was not acknowledged may be there once
   */
  int countOursAmongOthers(RecordFile file, int acknowledged, boolean lastMayBeStored) throws IOException {
    return others.length == 0 ? 0 : countIn(others, file, acknowledged, lastMayBeStored);
  }

  private static int countIn(byte[] others, RecordFile file, int acknowledged, boolean lastMayBeStored) throws IOException {
    int found = 0;
    try (RecordFile.Reader records = file.read()) {
      int index = 0;
      for (byte[] record = records.next(); record != null; record = records.next()) {
        int times = occurrences(others, record);
        boolean allowedOnce = index++ == acknowledged && lastMayBeStored;
        found += allowedOnce ? Math.max(0, times - 1) : times;
      }
    }
    return found;
  }

  private static int occurrences(byte[] haystack, byte[] needle) {
    int count = 0;
    for (int i = 0; i + needle.length <= haystack.length; i++) {
      if (haystack[i] == needle[0] && Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
        count++;
      }
    }
    return count;
  }
}
