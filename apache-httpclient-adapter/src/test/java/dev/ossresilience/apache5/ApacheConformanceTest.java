package dev.ossresilience.apache5;

import dev.ossresilience.testkit.conformance.ConformanceSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ApacheConformanceTest {
  @TestFactory
  Stream<DynamicNode> wrap() {
    return ConformanceSuite.standard().tests(ApacheUnderTest.asDocumented());
  }

  @TestFactory
  Stream<DynamicNode> classicHandler() {
    return ConformanceSuite.standard().tests(ApacheUnderTest.configured());
  }

  @TestFactory
  Stream<DynamicNode> asyncHandler() {
    return ConformanceSuite.standard().tests(AsyncUnderTest.configured());
  }

  @TestFactory
  Stream<DynamicNode> asyncWrap() {
    return ConformanceSuite.standard().tests(AsyncUnderTest.asDocumented());
  }

  @TestFactory
  Stream<DynamicNode> nothingBelowRepeatsWhatMustNotBeRepeated() {
    return ConformanceSuite.standard().only("nothing below repeats").tests(ApacheUnderTest.withDefaults());
  }
}
