package dev.ossresilience.testkit.conformance;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is left after a garbage collection.
 *
 * @param bytes of the heap that are in use
 * @param ours how many objects there are of each class of this project's, those of the testkit left out
 */
record LiveObjects(long bytes, Map<String, Long> ours) {
  /** A line of the JVM's histogram: number, instances, bytes, class. */
  private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(dev\\.ossresilience\\.\\S+)", Pattern.MULTILINE);

  /** One collection leaves what only a finalizer or a reference queue lets go of. */
  private static final int COLLECTIONS = 3;

  static LiveObjects now() {
    String histogram = "";
    for (int i = 0; i < COLLECTIONS; i++) {
      histogram = collect();
    }
    Map<String, Long> ours = new HashMap<>();
    for (Matcher line = LINE.matcher(histogram); line.find(); ) {
      if (!line.group(2).startsWith("dev.ossresilience.testkit.")) {
        ours.put(line.group(2), Long.valueOf(line.group(1)));
      }
    }
    Runtime runtime = Runtime.getRuntime();
    return new LiveObjects(runtime.totalMemory() - runtime.freeMemory(), ours);
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

  /** How many more there are now of each class, where it is more than {@code tolerated}. */
  Map<String, Long> grownSince(LiveObjects before, long tolerated) {
    Map<String, Long> grown = new HashMap<>();
    ours.forEach(
        (name, count) -> {
          long more = count - before.ours.getOrDefault(name, 0L);
          if (more > tolerated) {
            grown.put(name, more);
          }
        });
    return grown;
  }
}
