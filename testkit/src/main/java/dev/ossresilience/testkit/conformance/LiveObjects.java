package dev.ossresilience.testkit.conformance;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
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
 * @param histogram the JVM's own text: one object, so that keeping it changes next to nothing of what it counts
 */
public record LiveObjects(String histogram) {
  private static final String OURS = "dev.ossresilience.";
  private static final String OUR_TESTKIT = OURS + "testkit.";

  /** A line of the JVM's histogram: number, instances, bytes, class, and the module for some. */
  private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);

  /** One collection leaves what only a finalizer or a reference queue lets go of. */
  private static final int COLLECTIONS = 3;

  /** How many classes a complaint names. */
  private static final int WORST = 8;

  /** The objects of one class. */
  private record Tally(long count, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
      return new Tally(count + other.count, bytes + other.bytes);
    }

    Tally minus(Tally other) {
      return new Tally(count - other.count, bytes - other.bytes);
    }
  }

  /** Collects garbage first, for half a second or so. */
  public static LiveObjects now() {
    for (int i = 1; i < COLLECTIONS; i++) {
      collect();
    }
    return new LiveObjects(collect());
  }

  /** All of them, by the name that the histogram gives to their class. */
  private Map<String, Tally> classes() {
    Map<String, Tally> classes = new HashMap<>();
    for (Matcher line = LINE.matcher(histogram); line.find(); ) {
      // One name stands for many classes where lambdas and proxies are.
      classes.merge(line.group(3), new Tally(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))), Tally::plus);
    }
    return classes;
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

  /** How much more all of them take than before, {@code before} itself left out; unlike heap in use, neither gaps nor garbage count. */
  public long bytesSince(LiveObjects before) {
    return bytes() - before.bytes() - before.histogram.length(); // all of it is ASCII, a byte each
  }

  private long bytes() {
    return classes().values().stream().mapToLong(Tally::bytes).sum();
  }

  /** How many more there are now of each class of this project's, those of the testkit left out, where it is more than {@code tolerated}. */
  Map<String, Long> oursGrownSince(LiveObjects before, long tolerated) {
    Map<String, Long> grown = new HashMap<>();
    Map<String, Tally> earlier = before.classes();
    classes()
        .forEach(
            (name, tally) -> {
              long more = tally.count() - earlier.getOrDefault(name, Tally.NONE).count();
              if (name.startsWith(OURS) && !name.startsWith(OUR_TESTKIT) && more > tolerated) {
                grown.put(name, more);
              }
            });
    return grown;
  }

  /** The classes whose objects take more than before, those that grew most first. */
  public String worstSince(LiveObjects before) {
    Map<String, Tally> earlier = before.classes();
    Map<String, Tally> grown = new HashMap<>();
    classes().forEach((name, tally) -> grown.put(name, tally.minus(earlier.getOrDefault(name, Tally.NONE))));
    return grown.entrySet().stream()
        .filter(entry -> entry.getValue().bytes() > 0)
        .sorted(Comparator.comparing(entry -> -entry.getValue().bytes()))
        .limit(WORST)
        .map(entry -> entry.getKey() + " " + entry.getValue().bytes() + " B (" + entry.getValue().count() + " more)")
        .collect(Collectors.joining(", "));
  }
}
