package dev.ossresilience.okhttp;

import dev.ossresilience.testkit.conformance.EarlyAnswers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EarlyAnswersTest {
  @TestFactory
  Stream<DynamicNode> interceptor() {
    return EarlyAnswers.tests(OkHttpUnderTest.execute());
  }

  @TestFactory
  Stream<DynamicNode> callFactory() {
    return EarlyAnswers.tests(OkHttpUnderTest.factoryEnqueue());
  }
}
