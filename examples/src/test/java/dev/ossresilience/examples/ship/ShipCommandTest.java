package dev.ossresilience.examples.ship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShipCommandTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everySeedShipsEverythingOnceBesideASecondWriter(int seed) {
    Shipped shipped = Shipped.with("--seed", String.valueOf(seed), "--fault-rate", "0.3");
    assertVerified(shipped);
    assertThat(shipped.result(4)).as("faults").isGreaterThan(10);
    assertThat(shipped.result(5)).as("recovered").isGreaterThan(5);
  }

  @Test
  void theOnlyWriterFindsItsFileByteForByte() {
    Shipped shipped = Shipped.with("--no-second-writer", "--fault-rate", "0.3");
    assertVerified(shipped);
    assertThat(shipped.out()).doesNotContain("other writers");
  }

  @Test
  void linesLongerThanARecordAndNoLineFeedAtTheEndAreShippedToo() throws IOException {
    Path file = dir.resolve("odd.log");
    Files.writeString(file, "short\n" + "x".repeat(5000) + "\n\n\nlast line without an end", UTF_8);
    Shipped shipped = Shipped.with(file.toString(), "--record-bytes", "100");
    assertVerified(shipped);
    assertThat(shipped.result(2)).isEqualTo(Files.size(file));
  }

  @Test
  void aPictureOfTheMostEventfulCallsIsShown() {
    assertThat(Shipped.with("--seed", "3").out()).contains("The most eventful calls").contains("attempt |#").contains("<throttled>");
  }

  @Test
  void theMostEventfulCallIsDrawnIntoAFile() throws IOException {
    Path file = dir.resolve("call.svg");
    assertVerified(Shipped.with("--seed", "3", "--waterfall", file.toString()));
    assertThat(file).content(UTF_8).startsWith("<svg").contains("AppendObject of ", "because of ").endsWith("</svg>\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whenEverythingFailsItEndsAndSaysWhatWasNotAcknowledged(int seed) {
    Shipped shipped = Shipped.with("--fault-rate", "1", "--seed", String.valueOf(seed));
    assertThat(shipped.status()).isEqualTo(1);
    assertThat(shipped.err()).contains("NOT acknowledged: records 1 to 1").hasLineCount(1);
    assertThat(shipped.out()).doesNotContain("RESULT");
  }

  @Test
  void recordsThatWereNotAcknowledgedAreNamed() throws IOException {
    try (OssSimulator server = start()) {
      server.faults().next(Fault.none());
      for (int i = 0; i < 50; i++) {
        server.faults().next(Fault.drop());
      }
      Shipped shipped = real(server, "ak", "sk", "logs", "--max-attempts", "3");
      assertThat(shipped.status()).isEqualTo(1);
      assertThat(shipped.out()).contains("NOT acknowledged: records 1 to 3").contains("Record 1 may or may not be stored");
      assertThat(shipped.out()).endsWith("lost=unknown duplicated=unknown verified=false\n");
    }
  }

  @Test
  void theSameCodeShipsToARealEndpoint() throws IOException {
    try (OssSimulator server = start()) {
      assertVerified(real(server, "ak", "sk", "logs"));
      assertVerified(real(server, "ak", "sk", "logs"));
      assertThat(server.bytesOf("logs", "app.log")).as("two runs, one after the other").hasSize(58);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void recordsThatOccurInTheOtherWritersWordsAreNoDuplicates(int seed) throws IOException {
    Path file = Files.writeString(dir.resolve("tail.log"), ("x".repeat(1023) + "\n").repeat(40) + "here\n", UTF_8);
    assertVerified(Shipped.with(file.toString(), "--seed", String.valueOf(seed), "--fault-rate", "0.4"));
  }

  @Test
  void theOnlyWriterAtARealEndpointFindsNobodyElsesBytes() throws IOException {
    try (OssSimulator server = start()) {
      server.faults().next(Fault.none(), Fault.foreignAppend("GARBAGE".getBytes(UTF_8)));
      Shipped shipped = real(server, "ak", "sk", "logs", "--no-second-writer");
      assertThat(shipped.status()).isEqualTo(1);
      assertThat(shipped.out()).contains("7 bytes of other writers").endsWith("verified=false\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/../b", "..", "./x", ""})
  void keysThatAUrlCannotHoldAreRefused(String key) {
    assertBadUsage(Shipped.with("--key", key), "can't be put into a URL");
  }

  @Test
  void aBucketThatDoesNotExistIsNamed() throws IOException {
    try (OssSimulator server = start()) {
      assertBadUsage(real(server, "ak", "sk", "nowhere"), "bucket 'nowhere' does not exist");
    }
  }

  @Test
  void wrongCredentialsAreSaidToBeWrongAndNotShown() throws IOException {
    try (OssSimulator server = start()) {
      Shipped shipped = real(server, "ak", "CANARY", "logs");
      assertBadUsage(shipped, "OSS refused the credentials");
      assertThat(shipped.out() + shipped.err()).doesNotContain("CANARY");
      assertBadUsage(real(server, "nobody", "sk", "logs"), "OSS refused the credentials");
    }
  }

  @Test
  void anObjectThatIsNotAppendableIsNotTouched() throws IOException {
    try (OssSimulator server = start()) {
      putNormalObject(server);
      assertBadUsage(real(server, "ak", "sk", "logs"), "can't be appended to");
    }
  }

  @Test
  void filesThatCannotBeShippedAreRefusedClearly() throws IOException {
    assertBadUsage(Shipped.with(dir.resolve("missing.log").toString()), "there is no file");
    assertBadUsage(Shipped.with(Files.createFile(dir.resolve("empty.log")).toString()), "is empty");
    assertBadUsage(Shipped.with(dir.toString()), "not a regular file");
  }

  @Test
  void anUnreadableFileIsRefusedClearly() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret.log"), "x\n", UTF_8);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "this user may read everything");
    assertBadUsage(Shipped.with(secret.toString()), "not readable");
  }

  @ParameterizedTest
  @CsvSource({
    "--fault-rate,1.5,--fault-rate 1.5",
    "--fault-rate,NaN,--fault-rate NaN",
    "--fault-rate,often,Invalid value",
    "--record-bytes,0,--record-bytes 0",
    "--max-attempts,0,--max-attempts",
    "--colour,red,Unknown option",
    "--endpoint,https://oss-cn-hangzhou.aliyuncs.com,needs --region"
  })
  void badUsageIsOneClearLine(String option, String value, String says) {
    assertBadUsage(Shipped.with(option, value), says);
  }

  @Test
  void missingEnvironmentIsNamed() {
    assertBadUsage(Shipped.with("--endpoint", "https://oss-cn-hangzhou.aliyuncs.com", "--region", "cn-hangzhou", "--bucket", "b"), "OSS_ACCESS_KEY_ID");
  }

  private static void putNormalObject(OssSimulator server) throws IOException {
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .build();
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    Request put = new Request.Builder().url(server.endpoint() + "/logs/app.log").put(RequestBody.create(new byte[1], null)).build();
    client.newCall(put).execute().close();
    client.connectionPool().evictAll();
  }

  private static OssSimulator start() {
    return OssSimulator.builder().credentials(Credentials.of("ak", "sk")).time(new VirtualTime()).start();
  }

  private Shipped real(OssSimulator server, String id, String secret, String bucket, String... more) throws IOException {
    Path file = Files.writeString(dir.resolve("app.log"), "first line\nsecond line\nthird\n", UTF_8);
    String[] args = {file.toString(), "--endpoint", server.endpoint(), "--region", "cn-hangzhou", "--bucket", bucket, "--key", "app.log", "--record-bytes", "12"};
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Shipped.with(Map.of("OSS_ACCESS_KEY_ID", id, "OSS_ACCESS_KEY_SECRET", secret), all);
  }

  private static void assertVerified(Shipped shipped) {
    assertThat(shipped.status()).as(shipped.out() + shipped.err()).isZero();
    assertThat(shipped.result(6)).as("lost").isZero();
    assertThat(shipped.result(7)).as("duplicated").isZero();
    assertThat(shipped.out()).endsWith("verified=true\n");
  }

  private static void assertBadUsage(Shipped shipped, String says) {
    assertThat(shipped.err()).contains(says).hasLineCount(1);
    assertThat(shipped.status()).isEqualTo(2);
    assertThat(shipped.out()).doesNotContain("RESULT");
  }
}
