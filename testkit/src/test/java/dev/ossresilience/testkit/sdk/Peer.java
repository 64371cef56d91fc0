package dev.ossresilience.testkit.sdk;

import java.net.URI;
import java.time.Duration;

/** An official SDK as the tests use it; each operation is one method, in the words of the SDK that implements it. */
interface Peer extends AutoCloseable {
  /** What an SDK says of a stored object; {@code crc64} and {@code nextPosition} are null where it says nothing. */
  record Facts(String etag, Long length, String crc64, Long nextPosition, String type) {}

  /** An error that the SDK understood as one of OSS; {@code status} is 0 where the SDK doesn't tell. */
  final class ServiceError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;
    final String requestId;
    final String ec;

    ServiceError(int status, String code, String requestId, String ec, Throwable cause) {
      super(code, cause);
      this.status = status;
      this.code = code;
      this.requestId = requestId;
      this.ec = ec;
    }
  }

  Facts put(String bucket, String key, byte[] body);

  byte[] get(String bucket, String key);

  Facts head(String bucket, String key);

  void delete(String bucket, String key);

  Facts append(String bucket, String key, long position, byte[] body);

  URI presignGet(String bucket, String key, Duration good);

  URI presignPut(String bucket, String key, Duration good);

  @Override
  void close();
}
