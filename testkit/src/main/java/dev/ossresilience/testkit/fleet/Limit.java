package dev.ossresilience.testkit.fleet;

import dev.ossresilience.error.ThrottleScope;

/**
 * What the account may ask for, all its clients together. A limit per second lets one second's worth pass at once. Immutable.
 *
 * @param code the error for more
 * @param amount per second, of requests or bytes; of {@link ThrottleScope#CONCURRENCY} requests at a time
 * @param bucket of a partition, else empty
 * @param prefix of a partition's keys, else empty
 * @param slowing whether more bytes are slowed down instead of refused
 */
public record Limit(ThrottleScope scope, String code, long amount, String bucket, String prefix, boolean slowing) {
  public Limit {
    if (amount <= 0) {
      throw new IllegalArgumentException("a limit must be positive, not " + amount);
    }
  }

  private static Limit of(ThrottleScope scope, String code, long amount) {
    return new Limit(scope, code, amount, "", "", false);
  }

  /** Requests of all kinds; more get 503 TotalQpsLimitExceeded. */
  public static Limit requests(long perSecond) {
    return of(ThrottleScope.TOTAL, "TotalQpsLimitExceeded", perSecond);
  }

  /** Requests of all kinds; more get 429 QpsLimitExceeded. */
  public static Limit requestsOr429(long perSecond) {
    return of(ThrottleScope.TOTAL, "QpsLimitExceeded", perSecond);
  }

  /** Requests of all kinds; more get 503 SlowDown. */
  public static Limit requestsOrSlowDown(long perSecond) {
    return of(ThrottleScope.TOTAL, "SlowDown", perSecond);
  }

  /** Requests that are not about an object; more get 503 MetaOperationQpsLimitExceeded. */
  public static Limit metaRequests(long perSecond) {
    return of(ThrottleScope.META, "MetaOperationQpsLimitExceeded", perSecond);
  }

  /** Requests for keys that begin with {@code prefix}; more get 503 PartitionQpsLimitted. */
  public static Limit partition(String bucket, String prefix, long perSecond) {
    return new Limit(ThrottleScope.PARTITION, "PartitionQpsLimitted", perSecond, bucket, prefix, false);
  }

  /** Bytes of request bodies; more get 503 UploadTrafficRateLimitExceeded. */
  public static Limit uploadBytes(long perSecond) {
    return of(ThrottleScope.UPLOAD, "UploadTrafficRateLimitExceeded", perSecond);
  }

  /** Bytes of successful answers; more get 503 DownloadTrafficRateLimitExceeded. */
  public static Limit downloadBytes(long perSecond) {
    return of(ThrottleScope.DOWNLOAD, "DownloadTrafficRateLimitExceeded", perSecond);
  }

  /** Requests that the server holds at a time, waiting ones included; more get 503 ActiveRequestLimitExceeded. */
  public static Limit active(int requests) {
    return of(ThrottleScope.CONCURRENCY, "ActiveRequestLimitExceeded", requests);
  }

  /** This limit of bytes, soft: answers come later instead and say so in {@code x-oss-qos-delay-time}. */
  public Limit slowingDown() {
    if (scope != ThrottleScope.UPLOAD && scope != ThrottleScope.DOWNLOAD) {
      throw new IllegalArgumentException("only limits of bytes slow down; one of " + scope + " refuses");
    }
    return new Limit(scope, code, amount, bucket, prefix, true);
  }

  /** Whether this takes the other's place. */
  boolean replaces(Limit other) {
    return scope == other.scope && bucket.equals(other.bucket) && prefix.equals(other.prefix);
  }

  /** Whether it counts requests of that kind, or their bytes. */
  boolean concerns(Traffic traffic) {
    String key = traffic.key();
    return switch (scope) {
      case UPLOAD -> traffic.upload() > 0;
      case DOWNLOAD -> traffic.download() > 0;
      case META -> key == null;
      case PARTITION -> key != null && traffic.bucket().equals(bucket) && key.startsWith(prefix);
      case TOTAL, CONCURRENCY -> true;
      case IMAGE -> false;
    };
  }

  /** What one request of that kind costs. */
  long cost(Traffic traffic) {
    return scope == ThrottleScope.UPLOAD ? traffic.upload() : scope == ThrottleScope.DOWNLOAD ? traffic.download() : 1;
  }
}
