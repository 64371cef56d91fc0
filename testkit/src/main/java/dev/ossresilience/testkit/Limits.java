package dev.ossresilience.testkit;

import dev.ossresilience.testkit.limit.LimitSettings;
import dev.ossresilience.testkit.limit.LimitSettings.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How much clients may ask of a simulator. Each limit lets one second's worth pass at once and then so much per second of the
 * simulator's time source, so that in virtual time it is exact. What exceeds a limit is not applied and not charged. Without limits
 * there are none. Immutable.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/product-overview/limits">OSS: limits</a>
 */
public final class Limits {
  final LimitSettings settings;

  private Limits(LimitSettings settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /** Not thread-safe. All amounts must be positive, or IllegalArgumentException is thrown. */
  public static final class Builder {
    private final List<Partition> partitions = new ArrayList<>();
    private long total;
    private String overall = LimitSettings.NONE.overall();
    private long metaRequests;
    private long upload;
    private long download;
    private int active;
    private boolean slowing;

    private Builder() {}

    /** Requests of all kinds; more are refused with 503 TotalQpsLimitExceeded. */
    public Builder requestsPerSecond(long requests) {
      return requests(requests, "TotalQpsLimitExceeded");
    }

    /** Requests of all kinds; more are refused with 429 QpsLimitExceeded, OSS's newer way. */
    public Builder requestsPerSecondOr429(long requests) {
      return requests(requests, "QpsLimitExceeded");
    }

    /** Requests to the service and to buckets, not to objects; more are refused with 503 MetaOperationQpsLimitExceeded. */
    public Builder metaRequestsPerSecond(long requests) {
      metaRequests = positive(requests);
      return this;
    }

    /** Requests to the objects of a bucket whose keys begin with {@code prefix}; more are refused with 503 PartitionQpsLimitted. */
    public Builder partitionRequestsPerSecond(String bucket, String prefix, long requests) {
      partitions.add(new Partition(Objects.requireNonNull(bucket, "bucket"), Objects.requireNonNull(prefix, "prefix"), positive(requests)));
      return this;
    }

    /** Bytes of request bodies; a body that is more is refused with 503 UploadTrafficRateLimitExceeded, see {@link #slowing}. */
    public Builder uploadBytesPerSecond(long bytes) {
      upload = positive(bytes);
      return this;
    }

    /** Bytes of answers to GETs; one that is more is refused with 503 DownloadTrafficRateLimitExceeded, see {@link #slowing}. */
    public Builder downloadBytesPerSecond(long bytes) {
      download = positive(bytes);
      return this;
    }

    /** Requests that are worked on at the same time, stalled and late ones included; more get 503 ActiveRequestLimitExceeded. */
    public Builder activeRequests(int requests) {
      active = (int) positive(requests);
      return this;
    }

    /**
     * Too many bytes are not refused but slowed down, which OSS does as a rule: the answer says in {@code x-oss-qos-delay-time} by
     * how many milliseconds, and the simulator waits as long if it was given a waiter.
     */
    public Builder slowing() {
      slowing = true;
      return this;
    }

    public Limits build() {
      return new Limits(new LimitSettings(total, overall, metaRequests, upload, download, active, partitions, slowing));
    }

    private Builder requests(long requests, String code) {
      total = positive(requests);
      overall = code;
      return this;
    }

    private static long positive(long amount) {
      if (amount <= 0) {
        throw new IllegalArgumentException("a limit must be positive, not " + amount);
      }
      return amount;
    }
  }
}
