package dev.ossresilience.benchmarks.scorecard.peer;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AppendObjectRequest;
import com.aliyun.oss.model.Callback;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.UploadPartRequest;
import dev.ossresilience.signing.Credentials;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** {@code com.aliyun.oss:aliyun-sdk-oss}, with V4 signatures and the correction of its clock switched on. */
final class SdkV1 implements Peer {
  /** Held here because loggers are otherwise forgotten together with their level. It reports every error that a script wants. */
  private static final Logger LOGGER = Logger.getLogger("com.aliyun.oss");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private final OSS oss;

  SdkV1(String endpoint, Vault vault) {
    ClientBuilderConfiguration config = new ClientBuilderConfiguration();
    config.setSignatureVersion(SignVersion.V4);
    config.setEnableAutoCorrectClockSkew(true);
    config.setSocketTimeout(READ_TIMEOUT_MILLIS);
    config.setSLDEnabled(true); // the bucket in the path: the simulator is on a bare address
    Credentials credentials = vault.fetch();
    oss =
        OSSClientBuilder.create()
            .endpoint("http://" + URI.create(endpoint).getAuthority())
            .region("cn-hangzhou")
            .credentialsProvider(
                new DefaultCredentialProvider(credentials.accessKeyId(), credentials.accessKeySecret(), credentials.securityToken()))
            .clientConfiguration(config)
            .build();
  }

  @Override
  public Told put(String key, Body body) {
    return told(() -> Told.done(200, oss.putObject(putting(key, body)).getETag()));
  }

  @Override
  public Told putIfAbsent(String key, Body body) {
    PutObjectRequest request = putting(key, body);
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setHeader("x-oss-forbid-overwrite", "true");
    metadata.setContentLength(body.bytes().length);
    request.setMetadata(metadata);
    return told(() -> Told.done(200, oss.putObject(request).getETag()));
  }

  @Override
  public Told putWithCallback(String key, Body body, String url) {
    Callback callback = new Callback();
    callback.setCallbackUrl(url);
    callback.setCallbackBody("s=${size}");
    PutObjectRequest request = putting(key, body);
    request.setCallback(callback);
    return told(() -> Told.done(oss.putObject(request).getResponse().getStatusCode(), null));
  }

  private static PutObjectRequest putting(String key, Body body) {
    return body.kind() == Body.Kind.FILE
        ? new PutObjectRequest(BUCKET, key, Objects.requireNonNull(body.file()).toFile())
        : new PutObjectRequest(BUCKET, key, stream(body));
  }

  private static InputStream stream(Body body) {
    return body.kind() == Body.Kind.STREAM ? body.stream() : new ByteArrayInputStream(body.bytes());
  }

  @Override
  public Told get(String key) {
    return told(
        () -> {
          try (OSSObject object = oss.getObject(BUCKET, key)) {
            return Told.read(200, object.getObjectContent().readAllBytes());
          }
        });
  }

  @Override
  public Told head(String key) {
    return told(() -> Told.done(200, Long.toString(oss.getObjectMetadata(BUCKET, key).getContentLength())));
  }

  @Override
  public Told append(String key, long position, Body body) {
    AppendObjectRequest request = new AppendObjectRequest(BUCKET, key, stream(body)).withPosition(position);
    if (position == 0) {
      request.setInitCRC(0L); // without it nothing is compared
    }
    return told(() -> Told.done(200, Long.toString(oss.appendObject(request).getNextPosition())));
  }

  @Override
  public Told delete(String key) {
    return told(() -> Told.done(204, oss.deleteObject(BUCKET, key).getRequestId()));
  }

  @Override
  public Told startUpload(String key) {
    return told(() -> Told.done(200, oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, key)).getUploadId()));
  }

  @Override
  public Told part(String key, String uploadId, int number, Body body) {
    UploadPartRequest request = new UploadPartRequest(BUCKET, key, uploadId, number, stream(body), body.bytes().length);
    return told(() -> Told.done(200, oss.uploadPart(request).getETag()));
  }

  @Override
  public Told complete(String key, String uploadId, List<String> etags) {
    List<PartETag> parts = IntStream.range(0, etags.size()).mapToObj(i -> new PartETag(i + 1, etags.get(i))).toList();
    CompleteMultipartUploadRequest request =
        new CompleteMultipartUploadRequest(BUCKET, key, uploadId, new ArrayList<>(parts)); // it sorts them in place
    return told(() -> Told.done(200, oss.completeMultipartUpload(request).getETag()));
  }

  private static Told told(Callable<Told> call) {
    try {
      return call.call();
    } catch (OSSException e) {
      return Told.refused(0, e.getErrorCode(), e);
    } catch (Exception e) {
      return Told.failed(e);
    }
  }

  @Override
  public void close() {
    oss.shutdown();
  }
}
