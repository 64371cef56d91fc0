package dev.ossresilience.benchmarks.scorecard;

import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.CellRun;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Who fared how in what.
 *
 * @param rows by script, in the order of the columns
 */
public record Scorecard(List<Column> columns, Map<Script, List<Cell>> rows, long seed) {
  /** Cells mostly wait: for a backoff, a timeout. More at a time than this would measure each other. */
  private static final int AT_A_TIME = 10;

  /**
   * Plays all scripts with all clients, each with a simulator of its own.
   *
   * @param done is told how many cells are done
   * @throws IllegalStateException if a script itself fails
   */
  public static Scorecard play(List<Script> scripts, List<Column> columns, long seed, IntConsumer done) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<Cell>> cells = new ArrayList<>();
      for (Script script : scripts) {
        for (Column column : columns) {
          cells.add(threads.submit(() -> new CellRun(script, column, seed).play()));
        }
      }
      Map<Script, List<Cell>> rows = new LinkedHashMap<>();
      for (Future<Cell> cell : cells) {
        rows.computeIfAbsent(scripts.get(rows.isEmpty() ? 0 : index(rows, columns.size())), script -> new ArrayList<>()).add(cell.get());
        done.accept(rows.values().stream().mapToInt(List::size).sum());
      }
      return new Scorecard(columns, rows, seed);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int index(Map<Script, List<Cell>> rows, int width) {
    return rows.values().stream().mapToInt(List::size).sum() / width;
  }

  /** How many of a column's cells have this verdict. */
  public long count(int column, Verdict verdict) {
    return rows.values().stream().filter(cells -> cells.get(column).verdict() == verdict).count();
  }
}
