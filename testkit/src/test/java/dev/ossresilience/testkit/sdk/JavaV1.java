package dev.ossresilience.testkit.sdk;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AppendObjectRequest;
import com.aliyun.oss.model.AppendObjectResult;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PutObjectResult;
import dev.ossresilience.signing.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code com.aliyun.oss:aliyun-sdk-oss}, which checks CRCs by default. */
final class JavaV1 implements Peer {
  /** Held here because loggers are otherwise forgotten together with their level. The SDK reports every error that a test wants. */
  private static final Logger LOGGER = Logger.getLogger("com.aliyun.oss");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private final OSS oss;

  JavaV1(Setup.Way way, boolean v4, Credentials credentials) {
    ClientBuilderConfiguration config = new ClientBuilderConfiguration();
    config.setSignatureVersion(v4 ? SignVersion.V4 : SignVersion.V1);
    config.setMaxErrorRetry(0);
    config.setSLDEnabled(way.pathStyle());
    if (!way.pathStyle()) { // it knows no port for its bucket's host then, and names the whole URL in its requests
      config.setProxyHost("127.0.0.1");
      config.setProxyPort(way.port());
    }
    oss =
        OSSClientBuilder.create()
            .endpoint("http://" + way.host() + (way.pathStyle() ? ":" + way.port() : ""))
            .region("cn-hangzhou")
            .credentialsProvider(
                new DefaultCredentialProvider(credentials.accessKeyId(), credentials.accessKeySecret(), credentials.securityToken()))
            .clientConfiguration(config)
            .build();
  }

  @Override
  public Facts put(String bucket, String key, byte[] body) {
    PutObjectResult result = understood(() -> oss.putObject(bucket, key, new ByteArrayInputStream(body)));
    return new Facts(result.getETag(), null, Long.toUnsignedString(result.getServerCRC()), null, null);
  }

  @Override
  public byte[] get(String bucket, String key) {
    try (OSSObject object = understood(() -> oss.getObject(bucket, key))) {
      return object.getObjectContent().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Facts head(String bucket, String key) {
    ObjectMetadata metadata = understood(() -> oss.getObjectMetadata(bucket, key));
    Object next = metadata.getRawMetadata().get("x-oss-next-append-position");
    String crc = Long.toUnsignedString(metadata.getServerCRC());
    Long position = next == null ? null : Long.valueOf(next.toString());
    return new Facts(metadata.getETag(), metadata.getContentLength(), crc, position, metadata.getObjectType());
  }

  @Override
  public void delete(String bucket, String key) {
    understood(() -> oss.deleteObject(bucket, key));
  }

  @Override
  public Facts append(String bucket, String key, long position, byte[] body, String crc64) {
    AppendObjectRequest request = new AppendObjectRequest(bucket, key, new ByteArrayInputStream(body)).withPosition(position);
    if (crc64 != null) {
      request.setInitCRC(Long.parseUnsignedLong(crc64));
    }
    AppendObjectResult result = understood(() -> oss.appendObject(request));
    return new Facts(null, null, result.getObjectCRC(), result.getNextPosition(), null);
  }

  @Override
  public BucketPeer buckets() {
    return new V1Buckets(oss);
  }

  @Override
  public ObjectPeer objects() {
    return new V1Objects(oss);
  }

  @Override
  public ListingPeer listings() {
    return new V1Listings(oss);
  }

  @Override
  public UploadPeer uploads() {
    return new V1Uploads(oss);
  }

  @Override
  public URI presignGet(String bucket, String key, Duration good) {
    return presign(bucket, key, good, HttpMethod.GET);
  }

  @Override
  public URI presignPut(String bucket, String key, Duration good) {
    return presign(bucket, key, good, HttpMethod.PUT);
  }

  private URI presign(String bucket, String key, Duration good, HttpMethod method) {
    return URI.create(oss.generatePresignedUrl(bucket, key, Date.from(Instant.now().plus(good)), method).toString());
  }

  static <T> T understood(Supplier<T> call) {
    try {
      return call.get();
    } catch (OSSException e) {
      throw new ServiceError(0, e.getErrorCode(), e.getErrorMessage(), e.getRequestId(), e.getEC(), e.getHostId(), e);
    }
  }

  @Override
  public void close() {
    oss.shutdown();
  }
}
