package dev.ossresilience.okhttp;

import dev.ossresilience.testkit.conformance.ConformanceSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class OkHttpConformanceTest {
  @TestFactory
  Stream<DynamicNode> execute() {
    return ConformanceSuite.standard().tests(OkHttpUnderTest.execute());
  }

  @TestFactory
  Stream<DynamicNode> enqueue() {
    return ConformanceSuite.standard().tests(OkHttpUnderTest.enqueue());
  }

  @TestFactory
  Stream<DynamicNode> factoryExecute() {
    return ConformanceSuite.standard().tests(OkHttpUnderTest.factoryExecute());
  }

  @TestFactory
  Stream<DynamicNode> factoryEnqueue() {
    return ConformanceSuite.standard().tests(OkHttpUnderTest.factoryEnqueue());
  }
}
