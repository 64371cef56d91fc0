package dev.ossresilience.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whatever the bytes of an error response: it is described, the description is bounded, and no secret it echoes is in its text. The
 * input's first byte chooses the status; the rest is the body, and the value of every header.
 */
class ErrorParserFuzzTest {
  private static final String CANARY = "CANARY-7f3a91";

  @FuzzTest
  void neverThrowsAndNeverTells(byte[] input) {
    int status = input.length == 0 ? 500 : 200 + (input[0] & 0xff) * 4 / 3;
    byte[] body = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (text.contains(CANARY)) {
      return; // the fuzzer has learnt the secret and tells it itself
    }
    check(ErrorParser.standard().parse(new Head(status, ""), body));
    check(ErrorParser.standard().parse(new Head(status, text), new byte[0]));
    check(ErrorParser.standard().parse(new Head(status, ""), echoing(body)));
    ErrorParser.isErrorDocument(body);
  }

  /** The same body inside a document that echoes secrets, as expired tokens and wrong signatures make OSS do. */
  private static byte[] echoing(byte[] body) {
    String before = "<Error><Code>SignatureDoesNotMatch</Code><SecurityToken>" + CANARY + "</SecurityToken><StringToSign>" + CANARY + "</StringToSign><Key>";
    byte[] start = before.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static void check(OssError error) {
    String text = error.toString();
    require(text.length() < 2000, "a description without a bound");
    require(text.chars().noneMatch(c -> c < ' '), "a line break in a description");
    require(!text.contains(CANARY), "a secret in a description");
    require(error.details().size() <= 64, "elements without a bound");
    require(error.details().values().stream().allMatch(value -> value.length() <= 8192), "a value without a bound");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  private record Head(int status, String everyHeader) implements ResponseHead {
    @Override
    public String header(String name) {
      return everyHeader;
    }
  }
}
