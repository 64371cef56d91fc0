package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.testkit.fleet.Fleet;
import dev.ossresilience.testkit.fleet.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * All that was run: each story with each number of clients in each way.
 *
 * @param clients in the order of the report; charts show the first first
 * @param nanos that all took together, several at a time
 */
public record Results(List<Story> stories, List<Integer> clients, List<Result> all, long seed, long nanos) {
  /** Each run keeps one thread busy. */
  private static final int AT_A_TIME = 2;

  /**
   * Runs everything.
   *
   * @param done is told how many runs are done, on several threads
   */
  public static Results run(List<Story> stories, List<Integer> clients, long seed, IntConsumer done) throws InterruptedException {
    List<Callable<Result>> tasks = new ArrayList<>();
    AtomicInteger finished = new AtomicInteger();
    for (Story story : stories) {
      for (int number : clients) {
        for (Way way : Way.all()) {
          tasks.add(() -> {
            long begin = System.nanoTime();
            Outcome outcome = Fleet.run(story.scenario(number, seed), way.policy());
            Result result = new Result(story, number, way, outcome, System.nanoTime() - begin);
            done.accept(finished.incrementAndGet());
            return result;
          });
        }
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      long begin = System.nanoTime();
      List<Result> all = new ArrayList<>();
      for (Future<Result> result : threads.invokeAll(tasks)) {
        all.add(result.get());
      }
      return new Results(stories, clients, all, seed, System.nanoTime() - begin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** In the order of {@link Way#all()}. */
  public List<Result> of(Story story, int number) {
    return all.stream().filter(result -> result.story().equals(story) && result.clients() == number).toList();
  }

  /** The numbers of clients, the smallest first. */
  public List<Integer> sizes() {
    return clients.stream().sorted().toList();
  }

  /** Seconds of virtual time for each second that passed, all threads together. */
  public double timesRealTime() {
    return virtualSeconds() / (nanos / 1e9);
  }

  /** The same for our runs alone, on one thread. */
  public double timesRealTimeOfOurs() {
    double virtual = all.stream().filter(result -> result.way().ours()).mapToLong(Results::seconds).sum();
    double real = all.stream().filter(result -> result.way().ours()).mapToLong(Result::nanos).sum() / 1e9;
    return virtual / real;
  }

  /** Of all runs. */
  public long virtualSeconds() {
    return all.stream().mapToLong(Results::seconds).sum();
  }

  private static long seconds(Result result) {
    return result.outcome().scenario().duration().toSeconds();
  }
}
