package dev.ossresilience.testkit.conformance;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The objects that are left after a garbage collection.
 *
 * @param classes all of them, by the name that the JVM's histogram gives to their class
 */
public record LiveObjects(Map<String, Tally> classes) {
  private static final String OURS = "dev.ossresilience.";
  private static final String OUR_TESTKIT = OURS + "testkit.";

  /** A line of the JVM's histogram: number, instances, bytes, class, and the module for some. */
  private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);

  /** One collection leaves what only a finalizer or a reference queue lets go of. */
  private static final int COLLECTIONS = 3;

  /** How many classes a complaint names. */
  private static final int WORST = 8;

  /** The objects of one class. */
  public record Tally(long count, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
      return new Tally(count + other.count, bytes + other.bytes);
    }
  }

  /** Collects garbage first, for half a second or so. */
  public static LiveObjects now() {
    String histogram = "";
    for (int i = 0; i < COLLECTIONS; i++) {
      histogram = collect();
    }
    Map<String, Tally> classes = new HashMap<>();
    for (Matcher line = LINE.matcher(histogram); line.find(); ) {
      // One name stands for many classes where lambdas and proxies are.
      classes.merge(line.group(3), new Tally(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))), Tally::plus);
    }
    return new LiveObjects(classes);
  }

  private static String collect() {
    try {
      Object[] noArguments = {new String[0]};
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", noArguments, new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("only HotSpot tells what is on its heap", e);
    }
  }

  /** How much all of them take; unlike what a heap has in use, neither gaps between objects nor garbage count. */
  public long bytes() {
    return classes.values().stream().mapToLong(Tally::bytes).sum();
  }

  /** How many more there are now of each class of this project's, those of the testkit left out, where it is more than {@code tolerated}. */
  Map<String, Long> oursGrownSince(LiveObjects before, long tolerated) {
    Map<String, Long> grown = new HashMap<>();
    classes.forEach(
        (name, tally) -> {
          long more = tally.count() - before.of(name).count();
          if (name.startsWith(OURS) && !name.startsWith(OUR_TESTKIT) && more > tolerated) {
            grown.put(name, more);
          }
        });
    return grown;
  }

  /** The classes whose objects take more than before, those that grew most first. */
  public String worstSince(LiveObjects before) {
    return classes.keySet().stream()
        .filter(name -> grownSince(before, name) > 0)
        .sorted((one, other) -> Long.compare(grownSince(before, other), grownSince(before, one)))
        .limit(WORST)
        .map(name -> name + " " + grownSince(before, name) + " B (" + (of(name).count() - before.of(name).count()) + " more)")
        .collect(Collectors.joining(", "));
  }

  private long grownSince(LiveObjects before, String name) {
    return of(name).bytes() - before.of(name).bytes();
  }

  private Tally of(String name) {
    return classes.getOrDefault(name, Tally.NONE);
  }
}
