package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.AppendObjectResult;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.retry.NopRetryer;
import com.aliyun.sdk.service.oss2.signer.NopSigner;
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official SDK v2 over the transport that the page on the SDKs shows. */
class BesideSdkV2Test {
  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  private OSSClient sdk;

  @BeforeEach
  void open() {
    sdk = open(new NopSigner());
  }

  private OSSClient open(Signer signer) {
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .build();
    return OSSClient.newBuilder()
        .region("cn-hangzhou")
        .endpoint(server.endpoint())
        .usePathStyle(true)
        .credentialsProvider(new StaticCredentialsProvider("unused", "unused"))
        .signer(signer)
        .retryer(new NopRetryer())
        .disableUploadCRC64Check(true) // it counts what goes out twice twice; ours doesn't
        .httpClient(new OssTransport(new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build()))
        .build();
  }

  @AfterEach
  void close() throws Exception {
    sdk.close();
  }

  @Test
  void anAppendWhoseAnswerIsLostIsASuccess() throws IOException {
    server.faults().next(Fault.applyThenDrop());
    AppendObjectResult result =
        sdk.appendObject(AppendObjectRequest.newBuilder().bucket("logs").key("app.log").position(0L).body(BinaryData.fromString("a record\n")).build());

    assertThat(result.nextAppendPosition()).isEqualTo(9);
    assertThat(get("app.log")).isEqualTo("a record\n");
    server.assertAllFaultsHappened();
  }

  @Test
  void aWrongClockAndATimeoutAreSurvived() throws IOException {
    server.faults().next(Fault.skewed(Duration.ofHours(1)), Fault.requestTimeout(), Fault.internalError());
    sdk.putObject(PutObjectRequest.newBuilder().bucket("logs").key("a").body(BinaryData.fromString("hello")).build());

    assertThat(get("a")).isEqualTo("hello");
    server.assertAllFaultsHappened();
  }

  @Test
  void theSdksOwnSignatureGivesWay() throws Exception {
    sdk.close();
    sdk = open(new SignerV4());
    sdk.putObject(PutObjectRequest.newBuilder().bucket("logs").key("a").body(BinaryData.fromString("hello")).build());
    assertThat(get("a")).isEqualTo("hello");
  }

  @Test
  void aStreamThatCanBeReadOnceIsSent() throws IOException {
    byte[] bytes = "streamed".getBytes(UTF_8);
    sdk.putObject(PutObjectRequest.newBuilder().bucket("logs").key("a").body(BinaryData.fromStream(new ByteArrayInputStream(bytes), 8L)).build());

    assertThat(get("a")).isEqualTo("streamed");
  }

  @Test
  void thePageShowsThisTransport() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/ossresilience/examples/OssTransport.java"), UTF_8);
    String shown = source.substring(source.indexOf("final class OssTransport")).strip();
    assertThat(Files.readString(Path.of("../docs/with-the-sdks.md"), UTF_8)).contains(shown);
  }

  private String get(String key) throws IOException {
    GetObjectResult result = sdk.getObject(GetObjectRequest.newBuilder().bucket("logs").key(key).build());
    try (InputStream body = result.body()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
