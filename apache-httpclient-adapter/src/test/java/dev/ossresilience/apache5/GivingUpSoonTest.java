package dev.ossresilience.apache5;

import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.GivingUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait ends within 50 ms, by the median of many. */
@Timeout(120)
class GivingUpSoonTest {
  @Test
  void classicHandlerAndWrap() throws InterruptedException {
    for (AdapterUnderTest adapter : new AdapterUnderTest[] {ApacheUnderTest.configured(), ApacheUnderTest.asDocumented()}) {
      System.out.println(GivingUp.run(adapter, false));
      System.out.println(GivingUp.run(adapter, true));
    }
  }

  @Test
  void asyncHandlerAndWrap() throws InterruptedException {
    System.out.println(GivingUp.run(AsyncUnderTest.configured(), false));
    System.out.println(GivingUp.run(AsyncUnderTest.asDocumented(), false));
  }
}
