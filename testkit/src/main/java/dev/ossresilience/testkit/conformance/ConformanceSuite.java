package dev.ossresilience.testkit.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AssertionFailureBuilder;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every adapter must do in the same way, whatever its HTTP client is like: some hundred cases, each against a simulator of its
 * own, in virtual time. The cases are data, in {@code conformance.json} beside this class.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> conformance() {
 *   return ConformanceSuite.standard().tests(new MyAdapter());
 * }
 * }</pre>
 *
 * <p>After each case the suite also checks that every fault it planned really happened, that as many requests reached the server as
 * the adapter reported, and that no connection is still in use.
 */
@SuppressWarnings("exports") // of JUnit, which whoever uses this class has
public final class ConformanceSuite {
  /** A case that a pause of the machine has spoiled is made again; twice in a row is more than chance. */
  private static final int TRIES = 3;

  /** The data of the project's page on conformance, seen from a module's folder; elsewhere there is none. */
  private static final Path PAGE_DATA = Path.of("..", "docs", "conformance");

  private final List<ConformanceCase> cases;
  private final boolean isWhole;

  private ConformanceSuite(List<ConformanceCase> cases, boolean isWhole) {
    this.cases = cases;
    this.isWhole = isWhole;
  }

  /** The families and how many cases each has, in the order in which they are run. */
  public Map<String, Integer> families() {
    return cases.stream().collect(Collectors.groupingBy(ConformanceCase::family, LinkedHashMap::new, Collectors.summingInt(one -> 1)));
  }

  /** All families. */
  public static ConformanceSuite standard() {
    return new ConformanceSuite(CaseReader.read(), true);
  }

  /**
   * These families only.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public ConformanceSuite only(String... families) {
    List<String> wanted = List.of(families);
    List<String> known = cases.stream().map(ConformanceCase::family).distinct().toList();
    if (!known.containsAll(wanted)) {
      throw new IllegalArgumentException("unknown family in " + wanted + "; known: " + known);
    }
    return new ConformanceSuite(cases.stream().filter(one -> wanted.contains(one.family())).toList(), false);
  }

  /**
   * One test per case, and a last one that prints the table of results and writes it to {@code target/conformance} of the module.
   */
  public Stream<DynamicNode> tests(AdapterUnderTest adapter) {
    Results results = new Results(adapter.name());
    Map<String, List<ConformanceCase>> families =
        cases.stream()
            .filter(one -> appliesTo(one, adapter))
            .collect(Collectors.groupingBy(ConformanceCase::family, LinkedHashMap::new, Collectors.toList()));
    List<DynamicNode> nodes = new ArrayList<>();
    families.forEach((family, members) -> nodes.add(DynamicContainer.dynamicContainer(family, members.stream().map(one -> test(one, adapter, results)))));
    nodes.add(DynamicTest.dynamicTest("the table of results", () -> publish(results, families)));
    return nodes.stream();
  }

  /** Runs all cases; what failed is in the results, nothing is thrown. */
  public Results run(AdapterUnderTest adapter) throws InterruptedException {
    Results results = new Results(adapter.name());
    for (ConformanceCase one : cases) {
      if (appliesTo(one, adapter)) {
        results.add(one, run(one, adapter, results));
      }
    }
    return results;
  }

  private static DynamicTest test(ConformanceCase one, AdapterUnderTest adapter, Results results) {
    return DynamicTest.dynamicTest(
        one.title(),
        () -> {
          List<String> complaints = run(one, adapter, results);
          results.add(one, complaints);
          if (!complaints.isEmpty()) {
            AssertionFailureBuilder.assertionFailure().message(one + "\n  " + String.join("\n  ", complaints)).buildAndThrow();
          }
        });
  }

  private static List<String> run(ConformanceCase one, AdapterUnderTest adapter, Results results) throws InterruptedException {
    List<String> complaints = List.of();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try (CaseRun run = new CaseRun(one, adapter)) {
        complaints = run.run();
        if (complaints.isEmpty() || !run.isSpoiled()) {
          break;
        }
        results.addSpoiled();
      }
    }
    return complaints;
  }

  /** A thread that doesn't wait for the call can't be interrupted in it. */
  private static boolean appliesTo(ConformanceCase one, AdapterUnderTest adapter) {
    boolean interrupts = one.giveUp() == ConformanceCase.GiveUp.INTERRUPT_IN_WAIT || one.giveUp() == ConformanceCase.GiveUp.INTERRUPT_IN_FLIGHT;
    return adapter.isBlocking() || !interrupts;
  }

  private void publish(Results results, Map<String, List<ConformanceCase>> families) {
    int all = families.values().stream().mapToInt(List::size).sum();
    try {
      results.write(Path.of("target", "conformance"));
      if (Boolean.getBoolean("docs.write") && isWhole && results.size() == all && Files.isDirectory(PAGE_DATA)) {
        results.writeData(PAGE_DATA);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(results.table());
  }
}
