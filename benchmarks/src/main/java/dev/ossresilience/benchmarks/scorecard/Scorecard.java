package dev.ossresilience.benchmarks.scorecard;

import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.CellRun;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Who fared how in what. */
public record Scorecard(List<Column> columns, List<Row> rows) {
  /** Cells mostly wait, for a backoff or a timeout; more of them at a time would be slowed down by each other. */
  private static final int AT_A_TIME = 8;

  /**
   * Plays all scripts with all clients, each with a simulator of its own, after one round that counts for nothing: the first call of a
   * client in a process mostly loads classes.
   *
   * @param done is told how many cells are done
   * @throws IllegalStateException if a script itself fails
   */
  public static Scorecard play(List<Script> scripts, List<Column> columns, long seed, IntConsumer done) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      collect(submit(scripts.get(0), columns, seed, threads));
      List<List<Future<Cell>>> running = scripts.stream().map(script -> submit(script, columns, seed, threads)).toList();
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < scripts.size(); i++) {
        rows.add(new Row(scripts.get(i), collect(running.get(i))));
        done.accept(rows.size() * columns.size());
      }
      return new Scorecard(columns, rows);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Future<Cell>> submit(Script script, List<Column> columns, long seed, ExecutorService threads) {
    return columns.stream().map(column -> threads.submit(() -> new CellRun(script, column, seed).play())).toList();
  }

  private static List<Cell> collect(List<Future<Cell>> running) throws InterruptedException {
    List<Cell> cells = new ArrayList<>();
    for (Future<Cell> cell : running) {
      try {
        cells.add(cell.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()), e);
      }
    }
    return cells;
  }

  /** How many of a column's cells have this verdict. */
  public long count(int column, Verdict verdict) {
    return rows.stream().filter(row -> row.cells().get(column).verdict() == verdict).count();
  }
}
