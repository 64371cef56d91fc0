package dev.ossresilience.examples.ship;

import dev.ossresilience.testkit.OssSimulator;
import java.util.Arrays;

/** What is known of the server besides what it answers: nothing of a real one, much of a simulated one. */
interface Surroundings {
  /** How many faults have happened. */
  long faults();

  /** Ends the faults, and lets everything that is still on its way arrive. */
  void settle();

  /** Whether these are exactly the bytes that other writers appended, in order; as far as can be known. */
  boolean areOthers(byte[] bytes);

  /** Whether {@link #areOthers} knows exactly, so that a byte of ours too many would be noticed. */
  boolean knowsOthers();

  /** A real OSS: faults are the failures we saw, and others write what they like, unless we are said to be the only writer. */
  static Surroundings real(Journal journal, boolean onlyWriter) {
    return new Surroundings() {
      @Override
      public long faults() {
        return journal.failures();
      }

      @Override
      public void settle() {}

      @Override
      public boolean areOthers(byte[] bytes) {
        return !onlyWriter || bytes.length == 0;
      }

      @Override
      public boolean knowsOthers() {
        return onlyWriter;
      }
    };
  }

  /** A simulator, which knows what really happened. */
  static Surroundings simulated(OssSimulator server, String bucket, String key) {
    return new Surroundings() {
      @Override
      public long faults() {
        return server.faults().happened().values().stream().mapToLong(Integer::longValue).sum();
      }

      @Override
      public void settle() {
        server.faults().none();
        server.deliverHeldRequests();
      }

      @Override
      public boolean areOthers(byte[] bytes) {
        return Arrays.equals(bytes, server.foreignBytes(bucket, key));
      }

      @Override
      public boolean knowsOthers() {
        return true;
      }
    };
  }
}
