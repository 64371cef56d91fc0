package dev.ossresilience.okhttp;

import dev.ossresilience.testkit.conformance.GivingUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait ends within 50 ms, by the median of many. */
@Timeout(120)
class GivingUpTest {
  @Test
  void interceptor() throws InterruptedException {
    System.out.println(GivingUp.run(OkHttpUnderTest.execute(), false));
    System.out.println(GivingUp.run(OkHttpUnderTest.execute(), true));
  }

  @Test
  void callFactory() throws InterruptedException {
    System.out.println(GivingUp.run(OkHttpUnderTest.factoryEnqueue(), false));
    System.out.println(GivingUp.run(OkHttpUnderTest.factoryExecute(), true));
  }
}
