package dev.ossresilience.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AssertionFailureBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated OSS for the tests of a class, for JUnit 5 and later. In a field of the instance each test gets a new one; in a static
 * field all tests of the class share one, with what they store, and faults that a test leaves behind are cleared after it.
 *
 * <pre>{@code
 * @RegisterExtension OssSimulatorExtension oss = OssSimulatorExtension.create();
 *
 * @Test
 * void survivesAnError() {
 *   oss.faults().next(Fault.internalError());
 *   // put logs/a at oss.endpoint() with the client under test
 *   oss.assertTraffic("PUT /logs/a 500", "PUT /logs/a 200");
 *   oss.assertAllFaultsHappened();
 * }
 * }</pre>
 *
 * <p>Not for tests that run at the same time.
 */
@SuppressWarnings("exports") // of JUnit, which whoever uses this class has
public final class OssSimulatorExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final OssSimulator.Builder builder;
  private @Nullable OssSimulator server;
  private boolean shared;
  private int requestsBefore;

  private OssSimulatorExtension(OssSimulator.Builder builder) {
    this.builder = Objects.requireNonNull(builder, "builder");
  }

  /** With the defaults of {@link OssSimulator#builder}. */
  public static OssSimulatorExtension create() {
    return of(OssSimulator.builder());
  }

  /** As {@code builder} says. */
  public static OssSimulatorExtension of(OssSimulator.Builder builder) {
    return new OssSimulatorExtension(builder);
  }

  /**
   * The simulator of the running test.
   *
   * @throws IllegalStateException outside of a test
   */
  public OssSimulator server() {
    if (server == null) {
      throw new IllegalStateException("the simulator runs only during a test: annotate the field with @RegisterExtension");
    }
    return server;
  }

  /** Where it listens. */
  public String endpoint() {
    return server().endpoint();
  }

  /** Which faults requests meet. */
  public Faults faults() {
    return server().faults();
  }

  /** What this test's requests were and how they were answered, for example {@code "PUT /logs/a 200"} or {@code "GET /logs/a dropped"}. */
  public List<String> traffic() {
    List<ReceivedRequest> requests = server().requests();
    return requests.subList(Math.min(requestsBefore, requests.size()), requests.size()).stream().map(OssSimulatorExtension::line).toList();
  }

  /**
   * Fails unless the server saw exactly these requests in this order, as {@link #traffic} writes them.
   *
   * @throws AssertionError if it saw others
   */
  public void assertTraffic(String... lines) {
    List<String> seen = traffic();
    if (!seen.equals(List.of(lines))) {
      AssertionFailureBuilder.assertionFailure()
          .message("the server saw other requests")
          .expected(String.join("\n", lines))
          .actual(String.join("\n", seen))
          .buildAndThrow();
    }
  }

  /**
   * Fails unless every scripted fault was met by a request.
   *
   * @throws AssertionError if some are left
   */
  public void assertAllFaultsHappened() {
    int left = faults().left();
    if (left > 0) {
      AssertionFailureBuilder.assertionFailure().message(left + " scripted faults were met by no request; happened: " + faults().happened()).buildAndThrow();
    }
  }

  /**
   * Fails unless the object has this content.
   *
   * @param expected null if there must be no such object
   * @throws AssertionError if it has another
   */
  public void assertStored(String bucket, String key, byte @Nullable [] expected) {
    byte[] stored = server().bytesOf(bucket, key);
    if (!Arrays.equals(expected, stored)) {
      String what = bucket + "/" + key + " is " + size(stored) + ", expected " + size(expected);
      AssertionFailureBuilder.assertionFailure().message(what).expected(expected).actual(stored).buildAndThrow();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
    server = builder.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) {
      server = builder.start();
    }
    requestsBefore = server().requestCount();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (shared) {
      faults().none();
    } else {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
    shared = false;
  }

  private void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private static String line(ReceivedRequest request) {
    return request.method() + " " + request.target() + " " + (request.status() == 0 ? "dropped" : request.status());
  }

  private static String size(byte @Nullable [] bytes) {
    return bytes == null ? "absent" : bytes.length + " bytes";
  }
}
