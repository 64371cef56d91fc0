package dev.ossresilience.operation;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Recognises the operation of a request by method, sub-resource and headers. Immutable. */
public final class Operations {
  private static final List<Row> ROWS = read();

  /** Rows of a method, in order; a request looks only at those of its own. */
  private static final Map<String, List<Row>> BY_METHOD = ROWS.stream().collect(Collectors.groupingBy(Row::method));

  /** One row of the table. */
  public record Row(Operation operation, String method, String level, List<Condition> conditions) {
    boolean fits(RequestHead request, Target target, Query query) {
      boolean fits =
          switch (level) {
            case "object" -> target.key() != null;
            case "bucket" -> target.key() == null && target.bucket() != null;
            case "service" -> target.bucket() == null;
            default -> true;
          };
      for (int i = 0; fits && i < conditions.size(); i++) { // for each request and row: no streams
        fits = conditions.get(i).holds(request, query);
      }
      return fits;
    }
  }

  private Operations() {}

  /** The operation a request is; one that is never repeated in doubt if nobody knows it. */
  public static Operation of(RequestHead request, Target target, Query query) {
    for (Row row : BY_METHOD.getOrDefault(request.method(), List.of())) {
      if (row.fits(request, target, query)) {
        return row.operation();
      }
    }
    return unknown();
  }

  /** The whole table, in the order in which it is tried. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** What no row fits: never repeated in doubt. */
  public static Operation unknown() {
    return ROWS.get(ROWS.size() - 1).operation();
  }

  private static List<Row> read() {
    List<Row> rows = new ArrayList<>();
    InputStream resource = Objects.requireNonNull(Operations.class.getResourceAsStream("operations.tsv"), "operations.tsv");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          rows.add(row(line.split("\t", -1)));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the resource operations.tsv of this library is damaged", e);
    }
    return List.copyOf(rows);
  }

  private static Row row(String[] cells) {
    List<Condition> conditions = new ArrayList<>();
    for (String condition : cells[3].split(" ", -1)) {
      if (!condition.isEmpty()) {
        conditions.add(Condition.parse(condition));
      }
    }
    Operation operation = new Operation(cells[0], ReplayRule.valueOf(cells[4]), ThrottleScope.valueOf(cells[5]), cells[6], Proof.valueOf(cells[7]), cells[8]);
    return new Row(operation, cells[1], cells[2], List.copyOf(conditions));
  }
}
