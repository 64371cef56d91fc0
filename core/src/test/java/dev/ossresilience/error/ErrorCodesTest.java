package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every code that OSS documents or is known to send, as it serves it, and what must come of it on a first attempt. The expectations
 * were written from the documentation, not from the catalogue.
 */
class ErrorCodesTest {
  private static final OssResilience OSS =
      OssResilience.builder()
          .retryBudget(RetryBudget.unlimited())
          .withoutCircuitBreaker()
          .pacing(false)
          .endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"))
          .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
          .random(() -> 0.5)
          .build();

  @TestFactory
  List<DynamicTest> everyCode() {
    return tests("codes.tsv");
  }

  @TestFactory
  List<DynamicTest> messagesThatVary() {
    return tests("codes-variants.tsv");
  }

  @TestFactory
  List<DynamicTest> statusesWithoutACode() {
    return tests("status-only.tsv");
  }

  @Test
  void everyCodeOfTheCatalogueIsExpectedByTheTable() {
    List<String> expected = Rows.of("codes.tsv").stream().map(row -> row.get("code")).toList();
    List<String> unexpected =
        ErrorCatalogue.standard().entries().stream().filter(entry -> !expected.contains(entry.code())).filter(entry -> entry.verdict() != Verdict.FATAL).map(CatalogueEntry::code).toList();
    assertThat(unexpected).as("codes that are acted on, though no table expects it").isSubsetOf("ObjectAlreadyExists", "BucketReplicationAlreadyExist");
  }

  private static List<DynamicTest> tests(String table) {
    return Rows.of(table).stream()
        .map(row -> DynamicTest.dynamicTest(row.get("status") + " " + row.get("code") + " " + row.get("message"), () -> check(row)))
        .toList();
  }

  private static void check(Map<String, String> row) {
    int status = Integer.parseInt(row.get("status"));
    boolean codeKnown = !row.get("code").isEmpty();
    byte[] body = codeKnown ? xml(row).getBytes(UTF_8) : new byte[0];
    FakeResponse response = new FakeResponse(status, new TreeMap<>(Map.of("date", "Thu, 15 Jan 2026 12:00:00 GMT")));
    if (status < 300) {
      response.headers().put("x-oss-request-id", "5C3D9175B6FC201293AD4890");
    }
    OssError error = ErrorParser.standard().parse(response, body);
    assertThat(error.code()).isEqualTo(codeKnown ? row.get("code") : null);
    assertThat(error.verdict()).as("verdict").isEqualTo(Verdict.valueOf(row.get("verdict")));
    assertThat(error.effect()).as("effect").isEqualTo(Effect.valueOf(row.get("effect")));
    if (codeKnown && !row.get("code").equals("CodeOfTheFuture")) {
      assertThat(error.known().code()).as("is in the catalogue").isEqualTo(row.get("code"));
      assertThat(error.cause()).isNotBlank();
      assertThat(error.solution()).isNotBlank();
    }
    assertThat(next("GET", "", response, body)).as("on a read").isEqualTo(row.get("on_read"));
    assertThat(next("PUT", "", response, body)).as("on a put").isEqualTo(row.get("on_put"));
    assertThat(next("POST", "append&position=0", response, body)).as("on an append").isEqualTo(row.get("on_append"));
  }

  private static String next(String method, String query, FakeResponse response, byte[] body) {
    FakeRequest request = new FakeRequest(method, "bucket.oss-cn-hangzhou.aliyuncs.com", "/key", query, method.equals("GET") ? 0 : 10);
    Exchange exchange = OSS.exchangeFor(request);
    assertThat(exchange).isNotNull();
    exchange.begin();
    Step step = exchange.responded(response, body);
    if (step instanceof Step.Pause) {
      return "WAIT";
    }
    if (step instanceof Step.Attempt) {
      boolean damaged = new String(body, UTF_8).contains("<Code>InvalidDigest") || new String(body, UTF_8).contains("<Code>InvalidCRC64");
      return exchange.report().events().size() != 1 ? "?" : damaged ? "REPEAT" : "RESIGN";
    }
    if (step instanceof Step.Refresh) {
      return "REFRESH";
    }
    return step instanceof Step.Digest || step instanceof Step.Probe ? "DIGEST" : step instanceof Step.Deliver ? "DELIVER" : String.valueOf(step);
  }

  private static String xml(Map<String, String> row) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n");
    out.append("  <Code>").append(row.get("code")).append("</Code>\n  <Message>").append(escape(row.get("message"))).append("</Message>\n");
    out.append("  <RequestId>5C3D8D2A0ACA54D87B43C048</RequestId>\n  <HostId>bucket.oss-cn-hangzhou.aliyuncs.com</HostId>\n");
    for (String element : row.get("elements").split(";", -1)) {
      int equals = element.indexOf('=');
      if (equals > 0) {
        String name = element.substring(0, equals);
        out.append("  <").append(name).append('>').append(escape(element.substring(equals + 1))).append("</").append(name).append(">\n");
      }
    }
    return out.append("</Error>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
