package dev.ossresilience.apache5;

import dev.ossresilience.testkit.conformance.EarlyAnswers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EarlyAnswersTest {
  @TestFactory
  Stream<DynamicNode> wrap() {
    return EarlyAnswers.tests(ApacheUnderTest.asDocumented());
  }

  @TestFactory
  Stream<DynamicNode> classicHandler() {
    return EarlyAnswers.tests(ApacheUnderTest.configured());
  }

  @TestFactory
  Stream<DynamicNode> asyncHandler() {
    return EarlyAnswers.tests(AsyncUnderTest.configured());
  }

  @TestFactory
  Stream<DynamicNode> asyncWrap() {
    return EarlyAnswers.tests(AsyncUnderTest.asDocumented());
  }
}
