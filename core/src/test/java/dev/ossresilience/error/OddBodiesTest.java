package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in every shape but the usual one: what can be read is read, and nothing that a stranger put there is believed. */
class OddBodiesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Error><Code>InternalError</Code></Error>",
        "\n <?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>",
        "\uFEFF<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>",
        "<?xml version=\"1.1\" standalone=\"no\"?><Error><Code>\n\t InternalError \r\n</Code></Error>",
        "<Error xmlns=\"http://doc.oss.aliyuncs.com\"><Code>InternalError</Code></Error>",
        "<o:Error xmlns:o=\"x\"><o:Code>InternalError</o:Code></o:Error>",
        "<o:Error><o:Code>InternalError</o:Code></o:Error>",
        "<Error><Code><![CDATA[InternalError]]></Code></Error>",
        "<Error><Code>Internal<!-- x -->Error</Code></Error>",
        "<Error><Code>&#73;nternalError</Code></Error>",
        "<Error><Code>InternalError</Code><Code>AccessDenied</Code></Error>",
        "<Error><Code>InternalError</Code></Error><Error><Code>AccessDenied</Code></Error>",
        "<Error><Code>InternalError</Code></Error>\u0000\u0000 0\r\n\r\n<html>advertisement",
        "<Error><Code>InternalError</Code><Message>cut he",
        "<Error><Detail><Code>AccessDenied</Code></Detail><Code>InternalError</Code></Error>",
        "<? xml version=\"1.0\" ? ><Error xmlns=”x”><Code>\n InternalError\n </Code></Error>",
        "<?xml-stylesheet href=\"http://127.0.0.1:1/x\"?><Error><Code>InternalError</Code></Error>",
        "{\"Error\":{\"Code\":\"InternalError\",\"Message\":\"m\"}}",
        " {\"Code\":\"InternalError\",\"Detail\":{\"Code\":\"AccessDenied\"}}",
        "{\"Code\":\"InternalError\",\"Message\":\"cut he",
        "garbage of a proxy <Error><Code>InternalError</Code></Error>"
      })
  void theCodeIsRead(String body) {
    assertThat(parse(500, body).code()).isEqualTo("InternalError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<",
        "<Error>",
        "<Error Code=\"SlowDown\"/>",
        "<error><code>SlowDown</code></error>",
        "<Error><Code/></Error>",
        "<Error><Code> \n </Code><Message>m</Message></Error>",
        "<Error><Detail><Code>SlowDown</Code></Detail></Error>",
        "<Error><Code><b>SlowDown</b></Code></Error>",
        "<ErrorResponse><Error><Code>SlowDown</Code></Error></ErrorResponse>",
        "<DeleteResult><Error><Code>SlowDown</Code></Error></DeleteResult>",
        "<html><body><Code>SlowDown</Code></body></html>",
        "<html><body><code>SlowDown</code><br></html>",
        "<!DOCTYPE Error [<!ENTITY x \"SlowDown\">]><Error><Code>&x;</Code></Error>",
        "<!DOCTYPE Error SYSTEM \"file:///etc/passwd\"><html>",
        "upstream connect error or disconnect/reset before headers",
        "[\"Code\",\"SlowDown\"]",
        "{\"Detail\":{\"Code\":\"SlowDown\"}}",
        "<Error><!-- <Code>SlowDown</Code> --><Key>a & b</Key></Error>",
        "<Error><Key><![CDATA[</Key><Code>SlowDown</Code>]]></Key><Broken></Error>",
        "<Error><Key><![CDATA[<Code>SlowDown</Code>",
        "<Error><!-- <Code>SlowDown</Code>",
        "<Error><Detail><Code>SlowDown</Code></Detail>",
        "<Error><Key a=\"<Code>SlowDown</Code>\"",
        "<Error><Key>a & <Code>SlowDown</Code></Key></Error>",
        "{\"Error\":{\"Message\":\"m\"},\"Context\":{\"Code\":\"SlowDown\"}}",
        "{\"Error\":[\"x\"],\"Keys\":{\"Code\":\"SlowDown\"}}",
        "{\"Code\":null}",
        "<html>the key <Error><Code>SlowDown</Code></Error> & more</html>"
      })
  void thereIsNoCodeAndTheStatusDecides(String body) {
    OssError error = parse(403, body);
    assertThat(error.code()).isNull();
    assertThat(error.verdict()).isEqualTo(Verdict.FATAL);
  }

  @Test
  void anObjectKeyCannotSpeakForOss() {
    OssError error = parse(404, "<Error><Code>NoSuchKey</Code><Key>a&lt;/Key&gt;&lt;Code&gt;SlowDown&lt;/Code&gt;</Key></Error>");
    assertThat(error.code()).isEqualTo("NoSuchKey");
    assertThat(error.details()).containsEntry("Key", "a</Key><Code>SlowDown</Code>");
  }

  @Test
  void keysWithBytesThatXmlForbidsDoNotHideTheCode() {
    byte[] body = "<Error><Code>NoSuchKey</Code><RequestId>ID</RequestId><Key>a\u0001</Key></Error>".getBytes(UTF_8);
    assertThat(parse(404, body).requestId()).isEqualTo("ID");
    byte[] gbk = "<Error><Code>NoSuchKey</Code><Key>\u4e2d</Key></Error>".getBytes(Charset.forName("GBK"));
    assertThat(parse(404, gbk).code()).isEqualTo("NoSuchKey");
  }

  @Test
  void declaredEncodingsAreHonoured() {
    byte[] utf16 = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_16);
    assertThat(parse(404, utf16).code()).isEqualTo("NoSuchKey");
    byte[] gbk = "<?xml version=\"1.0\" encoding=\"GBK\"?><Error><Code>NoSuchKey</Code><Key>\u4e2d</Key></Error>".getBytes(Charset.forName("GBK"));
    assertThat(parse(404, gbk).details()).containsEntry("Key", "\u4e2d");
    assertThat(parse(404, "<?xml version=\"1.0\" encoding=\"nonsense\"?><Error><Code>NoSuchKey</Code></Error>").code()).isEqualTo("NoSuchKey");
  }

  @Test
  void compressionThatNobodyUndidIsUndone() throws IOException {
    byte[] body = gzip("<Error><Code>InternalError</Code></Error>".getBytes(UTF_8));
    assertThat(parse(500, body).code()).isEqualTo("InternalError");
    assertThat(parse(500, java.util.Arrays.copyOf(body, body.length - 9)).code()).isEqualTo("InternalError");
    assertThat(parse(500, new byte[] {0x1f, (byte) 0x8b, 8, 1, 2, 3}).code()).isNull();
    assertThat(parse(503, gzip(new byte[50 << 20])).code()).as("a bomb is bounded where it unpacks").isNull();
  }

  @Test
  void hugeBodiesAreReadOnlyAtTheirStart() {
    byte[] huge = new byte[64 << 20];
    byte[] start = "<Error><Code>InternalError</Code><StringToSign>".getBytes(UTF_8);
    java.util.Arrays.fill(huge, (byte) 'x');
    System.arraycopy(start, 0, huge, 0, start.length);
    OssError error = parse(500, huge);
    assertThat(error.code()).isEqualTo("InternalError");
    assertThat(error.details().values()).allSatisfy(value -> assertThat(value.length()).isLessThanOrEqualTo(8192));
    assertThat(parse(500, "<a>".repeat(100_000)).code()).isNull();
    assertThat(parse(500, "<Error>" + "<a>x</a>".repeat(100_000)).details()).hasSizeLessThan(65);
    assertThat(parse(500, "{\"a\":".repeat(100_000)).code()).isNull();
    assertThat(parse(500, "<Error><" + "n".repeat(1 << 20) + ">").code()).isNull();
  }

  @Test
  void theDirectCodeIsReadBesideANestedOneEvenWhereNoParserCan() {
    String body = "<Error><Message>a & b</Message><Detail><Code>SlowDown</Code></Detail><Code>AccessDenied</Code></Error>";
    assertThat(parse(403, body).code()).isEqualTo("AccessDenied");
    assertThat(parse(403, body).message()).isEqualTo("a & b");
  }

  @Test
  void bodiesMadeToBeSlowAreNot() {
    for (String piece : new String[] {"<!--", "<![CDATA[", "<a>", "<a", "</a>", "<a '", "<?", "&", "<a b=\""}) {
      assertThat(parse(500, "<Error>" + piece.repeat(64 * 1024 / piece.length())).code()).isNull();
    }
  }

  @Test
  void tokensInMessagesAreMaskedWhereverTheyComeFrom() {
    String token = "CAIS" + "x".repeat(60);
    assertThat(parse(403, "<Error><Code>A</Code><Message>token STS.abc and " + token + " expired</Message><Secu").toString())
        .contains("expired")
        .doesNotContain("STS.abc")
        .doesNotContain(token);
  }

  @Test
  void codesAreComparedExactly() {
    assertThat(parse(400, "<Error><Code>requesttimeout</Code></Error>").verdict()).isEqualTo(Verdict.FATAL);
    assertThat(parse(400, "<Error><Code>4xx</Code></Error>").verdict()).isEqualTo(Verdict.FATAL);
    assertThat(parse(500, "<Error><Code>429</Code></Error>").verdict()).as("a fallback's name is no code").isEqualTo(Verdict.TRANSIENT);
  }

  @Test
  void theCodeCountsBeforeTheStatus() {
    assertThat(parse(503, "<Error><Code>AccessDenied</Code></Error>").verdict()).isEqualTo(Verdict.FATAL);
    assertThat(parse(403, "<Error><Code>InternalError</Code></Error>").effect()).as("the careful reading").isEqualTo(Effect.UNKNOWN);
  }

  @Test
  void headersSpeakWhereThereIsNoBody() {
    byte[] xml = "<Error><Code>NoSuchKey</Code><Key>\u00fe\u00ff\u00fe</Key></Error>".getBytes(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(xml);
    for (String header : new String[] {base64, base64.replace("=", ""), base64.replace('+', '-').replace('/', '_'), " " + base64}) {
      assertThat(withHeader("x-oss-err", header).code()).as(header).isEqualTo("NoSuchKey");
    }
    for (String header : new String[] {"!!!", "", "A", "x".repeat(1 << 20), Base64.getEncoder().encodeToString("<html>".getBytes(UTF_8))}) {
      assertThat(withHeader("x-oss-err", header).code()).isNull();
    }
    assertThat(withHeader("x-oss-ec", "0026-00000001").known().code()).isEqualTo("NoSuchKey");
    assertThat(withHeader("x-oss-ec", "9999-99999999").known().code()).isEqualTo("4xx");
    OssError both = ErrorParser.standard().parse(new FakeResponse(403, Map.of("x-oss-err", base64)), "<Error><Code>AccessDenied</Code></Error>".getBytes(UTF_8));
    assertThat(both.code()).as("the body wins").isEqualTo("AccessDenied");
  }

  @Test
  void secretsAndLineBreaksStayOutOfToString() {
    String body =
        "<Error><Code>Some\nthing</Code><Message>token CANARY-1 is\r\nAuthorization: bad</Message><RequestId>I\nD</RequestId>"
            + "<Detail><SecurityToken>CANARY-1</SecurityToken><StringToSign>CANARY-2</StringToSign></Detail>"
            + "<OSSAccessKeyId>CANARY-3</OSSAccessKeyId><CanonicalRequest>CANARY-4</CanonicalRequest></Error>";
    for (String shape : new String[] {body, body + "<broken", "<? xml ? >" + body}) {
      assertThat(parse(403, shape).toString()).doesNotContain("CANARY").doesNotContain("\n").doesNotContain("\r");
    }
    assertThat(parse(403, "<Error><Code>" + "x".repeat(10_000) + "</Code></Error>").toString()).hasSizeLessThan(1000);
  }

  @Test
  void onlyAnErrorDocumentMakesASuccessAFailure() {
    assertThat(ErrorParser.isErrorDocument("<?xml version=\"1.0\"?>\n<Error>\n<Code>InternalError</Code></Error>".getBytes(UTF_8))).isTrue();
    assertThat(ErrorParser.isErrorDocument("\n<!-- x --><o:Error xmlns:o='y'/>".getBytes(UTF_8))).isTrue();
    assertThat(ErrorParser.isErrorDocument("<CompleteMultipartUploadResult><Error/></CompleteMultipartUploadResult>".getBytes(UTF_8))).isFalse();
    assertThat(ErrorParser.isErrorDocument(("<?xml version=\"1.0\"?>" + " ".repeat(5000) + "<Error><Code>InternalError</Code></Error>").getBytes(UTF_8)))
        .as("kept alive by blanks")
        .isTrue();
    assertThat(ErrorParser.isErrorDocument("{\"Code\":\"InternalError\"}".getBytes(UTF_8))).isFalse();
    assertThat(ErrorParser.isErrorDocument(new byte[0])).isFalse();
  }

  private static OssError withHeader(String name, String value) {
    return ErrorParser.standard().parse(new FakeResponse(404, Map.of(name, value)), new byte[0]);
  }

  private static OssError parse(int status, String body) {
    return parse(status, body.getBytes(UTF_8));
  }

  private static OssError parse(int status, byte[] body) {
    return ErrorParser.standard().parse(new FakeResponse(status, Map.of()), body);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
