package dev.ossresilience.testkit.sdk;

import java.net.URI;
import java.time.Duration;

/** An official SDK as the tests use it; each operation is one method here or in the peer of its topic. */
interface Peer extends AutoCloseable {
  /** What an SDK says of a stored object; {@code crc64} and {@code nextPosition} are null where it says nothing. */
  record Facts(String etag, Long length, String crc64, Long nextPosition, String type) {}

  /** An error that the SDK understood as one of OSS; {@code status} is 0 where the SDK doesn't tell. */
  final class ServiceError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;
    final String text;
    final String requestId;
    final String ec;
    final String hostId;

    ServiceError(int status, String code, String text, String requestId, String ec, String hostId, Throwable cause) {
      super(code, cause);
      this.status = status;
      this.code = code;
      this.text = text;
      this.requestId = requestId;
      this.ec = ec;
      this.hostId = hostId;
    }
  }

  Facts put(String bucket, String key, byte[] body);

  byte[] get(String bucket, String key);

  Facts head(String bucket, String key);

  void delete(String bucket, String key);

  /** With {@code crc64}, that of what is already there, the SDK verifies the checksum of the whole; null if it shan't. */
  Facts append(String bucket, String key, long position, byte[] body, String crc64);

  default Facts append(String bucket, String key, long position, byte[] body) {
    return append(bucket, key, position, body, position == 0 ? "0" : null);
  }

  BucketPeer buckets();

  ObjectPeer objects();

  ListingPeer listings();

  UploadPeer uploads();

  URI presignGet(String bucket, String key, Duration good);

  URI presignPut(String bucket, String key, Duration good);

  @Override
  void close();
}
