package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.conformance.AppendStorm;
import org.junit.jupiter.api.Test;

/** Appends by several writers under random faults, over real sockets. */
class AppendStormTest {
  private static final long SEED = Long.getLong("storm.seed", 20260115L);
  private static final int SCHEDULES = Integer.getInteger("storm.schedules", 2500);

  @Test
  void noRecordIsLostDoubledOrWronglyReported() throws InterruptedException {
    String summary = AppendStorm.run(ApacheUnderTest.asDocumented(), SEED, SCHEDULES);

    System.out.println(summary);
    assertThat(summary).contains("STORED=");
  }
}
