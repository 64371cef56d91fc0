package dev.ossresilience.benchmarks.scorecard.script;

import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.peer.Peer;
import dev.ossresilience.benchmarks.scorecard.peer.Vault;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays a script with a client, on a thread of its own that is left behind if it doesn't end in time. */
public record CellRun(Script script, Column column, long seed) {
  /** Longer than any client takes that still does something; a real outage of a single answer is over by then. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * Plays it.
   *
   * @throws IllegalStateException if the script itself fails, which is nobody's verdict
   */
  public Cell play() throws InterruptedException {
    try (OssSimulator server = OssSimulator.builder().credentials(script.credentials().toArray(Credentials[]::new)).start()) {
      Peer peer = column.opener().open(server.endpoint(), new Vault(script.credentials()));
      Stage stage = new Stage(server, peer, seed);
      CompletableFuture<Finding> finding = new CompletableFuture<>();
      Thread thread = new Thread(() -> play(stage, finding), script.name());
      thread.setDaemon(true);
      thread.start();
      try {
        Finding found = finding.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return new Cell(found.verdict(), found.note(), stage.requests(), stage.millis());
      } catch (TimeoutException e) {
        thread.interrupt();
        return new Cell(Verdict.HUNG, "no end within " + LIMIT.toSeconds() + " s", server.requestCount(), LIMIT.toMillis());
      } catch (ExecutionException e) {
        throw new IllegalStateException(script.name() + " with " + column.name() + ": " + e.getCause(), e.getCause());
      } finally {
        peer.close();
      }
    }
  }

  private void play(Stage stage, CompletableFuture<Finding> finding) {
    try {
      finding.complete(script.play().on(stage));
    } catch (Throwable e) {
      finding.completeExceptionally(e);
    }
  }
}
