package dev.ossresilience.examples.ship;

import dev.ossresilience.testkit.OssSimulator;

/** What is known of the server besides what it answers: nothing of a real one, much of a simulated one. */
interface Surroundings {
  /** How many faults have happened. */
  long faults();

  /** Ends the faults, and lets everything that is still on its way arrive. */
  void settle();

  /** Whether these are exactly the bytes that other writers appended, in order. */
  boolean areOthers(byte[] bytes);

  /** A real OSS: faults are the failures we saw, and others may write what they like. */
  static Surroundings real(Journal journal) {
    return new Surroundings() {
      @Override
      public long faults() {
        return journal.failures();
      }

      @Override
      public void settle() {}

      @Override
      public boolean areOthers(byte[] bytes) {
        return true;
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
        return java.util.Arrays.equals(bytes, server.foreignBytes(bucket, key));
      }
    };
  }
}
