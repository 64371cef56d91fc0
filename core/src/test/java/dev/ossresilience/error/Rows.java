package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables and files beside the tests of this package. */
final class Rows {
  private Rows() {}

  /** The rows of a tab-separated table by the names in its first line. */
  static List<Map<String, String>> of(String resource) {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> lines = new String(bytes(resource), UTF_8).lines().toList();
    String[] names = lines.get(0).split("\t", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], i < cells.length ? cells[i] : "");
      }
      rows.add(row);
    }
    return rows;
  }

  static byte[] bytes(String resource) {
    try (InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
