package dev.ossresilience.apache5;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** On a thread of its own. */
final class Elsewhere {
  private Elsewhere() {}

  static CompletableFuture<Void> run(Runnable action) {
    return CompletableFuture.runAsync(action, Elsewhere::start);
  }

  static <T> CompletableFuture<T> supply(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, Elsewhere::start);
  }

  private static void start(Runnable task) {
    new Thread(task).start();
  }
}
