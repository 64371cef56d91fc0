package dev.ossresilience.examples.ship;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * What the object holds, against what was acknowledged: each record whole at its place and in order; what lies between them belongs
 * to others, and none of ours is in it.
 *
 * @param lost records acknowledged that are not where they were acknowledged for
 * @param duplicated records that are also among the others' bytes
 * @param others all bytes that are not ours, in order
 */
record Comparison(int lost, int duplicated, byte[] others) {
  /** Others' bytes are kept in memory to be searched. */
  private static final int MAX_OTHERS = 64 << 20;

  /**
   * Reads the object from {@code start} and the file from its beginning, side by side.
   *
   * @param lastMayBeStored whether the first record that was not acknowledged may lie among the others' bytes, once
   */
  static Comparison of(InputStream object, long start, RecordFile file, List<Shipper.Acknowledged> acknowledged, boolean lastMayBeStored)
      throws IOException {
    int lost = 0;
    long at = start;
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    try (RecordFile.Reader records = file.read()) {
      for (Shipper.Acknowledged place : acknowledged) {
        byte[] record = records.next();
        long gap = place.position() - at;
        if (record == null || gap < 0 || others.size() + gap > MAX_OTHERS) {
          lost++; // overlapping the one before, it can't be whole
          continue;
        }
        others.writeBytes(object.readNBytes((int) gap));
        lost += Arrays.equals(object.readNBytes(place.length()), record) ? 0 : 1;
        at = place.position() + place.length();
      }
    }
    others.writeBytes(object.readNBytes(MAX_OTHERS - others.size()));
    int duplicated = others.size() == 0 ? 0 : countIn(others.toByteArray(), file, acknowledged.size(), lastMayBeStored);
    return new Comparison(lost, duplicated, others.toByteArray());
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
