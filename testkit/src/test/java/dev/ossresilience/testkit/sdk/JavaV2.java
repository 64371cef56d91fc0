package dev.ossresilience.testkit.sdk;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.OSSClientBuilder;
import com.aliyun.sdk.service.oss2.PresignOptions;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.AppendObjectResult;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectResult;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectResult;
import com.aliyun.sdk.service.oss2.retry.NopRetryer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.aliyun.sdk.service.oss2.transport.apache5client.Apache5HttpClientBuilder;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.time.HttpDates;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.DnsResolver;

/** {@code com.aliyun:alibabacloud-oss-v2}, which checks the CRCs of uploads by default. */
final class JavaV2 implements Peer {
  /** Every name is this machine's, as an entry in /etc/hosts would make it. */
  private static final DnsResolver LOOPBACK =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
          return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
          return host;
        }
      };

  private final OSSClient oss;

  JavaV2(Setup.Way way, boolean v4, Credentials credentials) {
    OSSClientBuilder builder =
        OSSClient.newBuilder()
            .region("cn-hangzhou")
            .endpoint("http://" + way.host() + ":" + way.port())
            .usePathStyle(way.pathStyle())
            .signer(v4 ? new SignerV4() : JavaV2::signV1)
            .retryer(new NopRetryer())
            .credentialsProvider(
                new StaticCredentialsProvider(credentials.accessKeyId(), credentials.accessKeySecret(), credentials.securityToken()));
    // Not proxyHost(…): the default transport of 0.4.0 does not look at it, and would ask the real OSS.
    oss = builder.httpClient(Apache5HttpClientBuilder.create().dnsResolver(LOOPBACK).build()).build();
  }

  @Override
  public Facts put(String bucket, String key, byte[] body) {
    PutObjectRequest request = PutObjectRequest.newBuilder().bucket(bucket).key(key).body(BinaryData.fromBytes(body)).build();
    PutObjectResult result = understood(() -> oss.putObject(request));
    return new Facts(unquoted(result.eTag()), null, result.hashCrc64ecma(), null, null);
  }

  @Override
  public byte[] get(String bucket, String key) {
    return understood(() -> read(oss.getObject(GetObjectRequest.newBuilder().bucket(bucket).key(key).build())));
  }

  @Override
  public Facts head(String bucket, String key) {
    HeadObjectResult result = understood(() -> oss.headObject(HeadObjectRequest.newBuilder().bucket(bucket).key(key).build()));
    return new Facts(
        unquoted(result.eTag()), result.contentLength(), result.hashCrc64ecma(), result.nextAppendPosition(), result.objectType());
  }

  @Override
  public void delete(String bucket, String key) {
    understood(() -> oss.deleteObject(DeleteObjectRequest.newBuilder().bucket(bucket).key(key).build()));
  }

  @Override
  public Facts append(String bucket, String key, long position, byte[] body, String crc64) {
    AppendObjectRequest.Builder request =
        AppendObjectRequest.newBuilder().bucket(bucket).key(key).position(position).body(BinaryData.fromBytes(body));
    if (crc64 != null) {
      request.initHashCRC64(Long.parseUnsignedLong(crc64));
    }
    AppendObjectResult result = understood(() -> oss.appendObject(request.build()));
    return new Facts(null, null, result.hashCrc64ecma(), result.nextAppendPosition(), null);
  }

  @Override
  public BucketPeer buckets() {
    return new V2Buckets(oss);
  }

  @Override
  public ObjectPeer objects() {
    return new V2Objects(oss);
  }

  @Override
  public ListingPeer listings() {
    return new V2Listings(oss);
  }

  @Override
  public UploadPeer uploads() {
    return new V2Uploads(oss);
  }

  @Override
  public URI presignGet(String bucket, String key, Duration good) {
    GetObjectRequest request = GetObjectRequest.newBuilder().bucket(bucket).key(key).build();
    return URI.create(oss.presign(request, PresignOptions.newBuilder().expiration(good).build()).url());
  }

  @Override
  public URI presignPut(String bucket, String key, Duration good) {
    PutObjectRequest request = PutObjectRequest.newBuilder().bucket(bucket).key(key).build();
    return URI.create(oss.presign(request, PresignOptions.newBuilder().expiration(good).build()).url());
  }

  /**
   * The SDK's own V1, given a date of two digits for the day: 0.4.0 writes one on the first nine days of a month, which OSS refuses.
   * It prefers this header to its own.
   */
  private static void signV1(SigningContext context) {
    if (!context.isAuthMethodQuery()) {
      context.getRequest().headers().put("x-oss-date", HttpDates.format(Instant.now()));
    }
    new SignerV1().sign(context);
  }

  static byte[] read(GetObjectResult result) throws Exception {
    byte[] all = result.body().readAllBytes();
    result.close();
    return all;
  }

  static <T> T understood(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      ServiceException cause = ServiceException.asCause(e);
      if (cause == null) {
        throw new IllegalStateException("not understood as an error of OSS", e);
      }
      String host = cause.errorFields().get("HostId");
      throw new ServiceError(cause.statusCode(), cause.errorCode(), cause.errorMessage(), cause.requestId(), cause.ec(), host, e);
    }
  }

  /** Java v1 takes the quotes off by itself. */
  static String unquoted(String etag) {
    return etag.substring(1, etag.length() - 1);
  }

  @Override
  public void close() {
    try {
      oss.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
