package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Answers that come before the body of their request: instead of the 100 that the client waits for with {@code Expect: 100-continue}, or
 * while the body is going out. What an adapter makes of them must be right whatever its client does about the rest of the body.
 */
@SuppressWarnings("exports") // of JUnit, which whoever uses this class has
public final class EarlyAnswers {
  /** Fits into every buffer on the way. */
  private static final int SMALL = 100;

  /** More than the buffers on the way hold: it can't have gone out whole before the answer was there. */
  private static final int LARGE = 16 << 20;

  private static final Map<String, String> EXPECTING = Map.of("Expect", "100-continue");

  private final AdapterUnderTest adapter;

  private EarlyAnswers(AdapterUnderTest adapter) {
    this.adapter = adapter;
  }

  /** One test per case. */
  public static Stream<DynamicNode> tests(AdapterUnderTest adapter) {
    EarlyAnswers early = new EarlyAnswers(adapter);
    List<DynamicNode> nodes = new ArrayList<>();
    for (int size : new int[] {SMALL, LARGE}) {
      early.addTests(nodes, size);
    }
    return nodes.stream();
  }

  private void addTests(List<DynamicNode> nodes, int size) {
    String of = " (" + size + " bytes)";
    nodes.add(test("the body goes out after a 100" + of, () -> write("PUT", size, EXPECTING, false).ends(200, 1)));
    nodes.add(test("an append goes out after a 100" + of, () -> write("POST", size, EXPECTING, false).ends(200, 1)));
    for (boolean expects : new boolean[] {true, false}) {
      Map<String, String> headers = expects ? EXPECTING : Map.of();
      String when = (expects ? " instead of the 100" : " while the body goes out") + of;
      Fault skewed = Fault.earlyError(403, "RequestTimeTooSkewed");
      Fault busy = Fault.earlyError(503, "ServiceUnavailable");
      Fault broken = Fault.earlyError(500, "InternalError");
      for (Fault fault : List.of(skewed, busy, broken)) {
        for (String method : List.of("PUT", "POST")) {
          nodes.add(test(method + ", " + fault + when, () -> write(method, size, headers, false, fault).ends(200, 2)));
        }
      }
      nodes.add(test("refused for good" + when, () -> write("POST", size, headers, false, Fault.earlyError(403, "AccessDenied")).ends(403, 1)));
      if (size == LARGE) {
        nodes.add(test("PUT, an untrue success" + when, () -> write("PUT", size, headers, false, Fault.earlySuccess()).ends(200, 2)));
        nodes.add(test("POST, an untrue success" + when, () -> write("POST", size, headers, false, Fault.earlySuccess()).ends(200, 2)));
        nodes.add(test("PUT of a stream, an untrue success" + when, () -> write("PUT", size, headers, true, Fault.earlySuccess()).isNeverAnUntrueSuccess()));
        nodes.add(test("POST of a stream, an untrue success" + when, () -> write("POST", size, headers, true, Fault.earlySuccess()).isNeverAnUntrueSuccess()));
      }
    }
    if (size == LARGE) { // a client may send what is smaller all the same, so that the connection stays of use
      for (Fault fault : List.of(Fault.earlyError(503, "ServiceUnavailable"), Fault.earlyError(500, "InternalError"))) {
        for (String method : List.of("PUT", "POST")) {
          String title = method + " of a stream of which nothing was read: " + fault + of;
          nodes.add(test(title, () -> write(method, size, EXPECTING, true, fault).ends(200, 2)));
        }
      }
    }
  }

  private static DynamicTest test(String title, Executable call) {
    return DynamicTest.dynamicTest(title, call);
  }

  private Written write(String method, int size, Map<String, String> headers, boolean oneShot, Fault... faults) {
    return new Written(method, size, headers, oneShot, faults);
  }

  /** One write and what came of it. */
  private final class Written {
    private final VirtualTime time = new VirtualTime();
    private final List<ExchangeReport> reports = Collections.synchronizedList(new ArrayList<>());
    private final byte[] body;
    private @Nullable TestResponse response;
    private @Nullable IOException failure;
    private byte @Nullable [] stored;
    private List<String> traffic = List.of();

    Written(String method, int size, Map<String, String> headers, boolean oneShot, Fault... faults) {
      body = new byte[size];
      new SplittableRandom(size).nextBytes(body);
      try (OssSimulator server = OssSimulator.builder().time(time).start()) {
        AdapterUnderTest.Client client = adapter.open(resilience(server), null);
        try {
          server.faults().next(faults);
          URI uri = URI.create(server.endpoint() + "/logs/key" + (method.equals("POST") ? "?append&position=0" : ""));
          run(client, new TestRequest(method, uri, headers, body, oneShot));
          stored = server.bytesOf("logs", "key");
          traffic = server.requests().stream().map(Written::line).toList();
          require(server.faults().left() == 0, "a fault is left");
          requireUsable(client, server);
        } finally {
          client.close();
        }
      }
    }

    private static String line(ReceivedRequest request) {
      return request.method() + " " + request.status();
    }

    private OssResilience resilience(OssSimulator server) {
      return OssResilience.builder()
          .endpoint(OssEndpoint.of(server.endpoint()))
          .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
          .policy(RetryPolicy.builder().maxAttempts(4).build())
          .retryBudget(RetryBudget.unlimited())
          .withoutCircuitBreaker()
          .time(time, time)
          .scheduler(new VirtualScheduler(time))
          .listener(reports::add)
          .build();
    }

    private void run(AdapterUnderTest.Client client, TestRequest request) {
      try {
        response = client.prepare(request).execute();
      } catch (IOException e) {
        failure = e;
      }
    }

    /** Whatever state a connection was left in, the next call must not meet it. */
    private void requireUsable(AdapterUnderTest.Client client, OssSimulator server) {
      try {
        for (int i = 0; i < 3; i++) {
          TestResponse next = client.prepare(new TestRequest("PUT", URI.create(server.endpoint() + "/logs/next"), Map.of(), new byte[] {1}, false)).execute();
          require(next.status() == 200, "the next call was answered with " + next.status());
        }
        require(server.requests().stream().noneMatch(one -> one.status() == 400), "the server got what is no request");
        for (int i = 0; client.connectionsInUse() > 0 && i < 5_000; i++) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
        require(client.connectionsInUse() == 0, "a connection is still in use");
      } catch (IOException e) {
        throw failed("the next call failed: " + e);
      } catch (InterruptedException e) {
        throw failed("interrupted");
      }
    }

    void ends(int status, int attempts) {
      TestResponse got = response;
      require(got != null, "no response");
      require(got != null && got.status() == status, "another status");
      require(reports.get(0).attempts() == attempts, reports.get(0).attempts() + " attempts");
      require(status != 200 ? stored == null : Arrays.equals(stored, body), "what is stored is not what was sent, once");
    }

    void isNeverAnUntrueSuccess() {
      boolean success = response != null && response.status() == 200;
      require(success ? Arrays.equals(stored, body) : stored == null, "a success that is none, or a failure that is none");
      require(traffic.size() > 1 || failure != null, "the untrue success was believed");
    }

    private void require(boolean so, String otherwise) {
      if (!so) {
        throw failed(otherwise);
      }
    }

    private AssertionError failed(String why) {
      String got = response == null ? String.valueOf(failure) : Integer.toString(response.status());
      return new AssertionError(why + ": got " + got + " by " + traffic + ", " + (stored == null ? "nothing" : stored.length + " bytes") + " stored, " + reports);
    }
  }
}
