package dev.ossresilience.testkit.limit;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps clients within the limits: refuses what exceeds them, or slows it down. Thread-safe. */
public final class Throttle {
  /** The name under which answers that were slowed down are counted. */
  public static final String SLOWED = "slowed";

  private final LimitSettings settings;
  private final TimeSource time;
  private final @Nullable Waiter waiter;
  private final List<Limit> requests = new ArrayList<>();
  private final @Nullable TokenBucket upload;
  private final @Nullable TokenBucket download;
  private final SortedMap<String, Integer> struck = new TreeMap<>();
  private int active;

  /** Requests per second of some kind, and the error for more. */
  private record Limit(String code, Predicate<OssRequest> concerns, TokenBucket bucket) {}

  /**
   * Starts with all there may be at once.
   *
   * @param waiter null for one who only says how long an answer was slowed down
   */
  public Throttle(LimitSettings settings, TimeSource time, @Nullable Waiter waiter) {
    this.settings = settings;
    this.time = time;
    this.waiter = waiter;
    limit(settings.metaRequests(), "MetaOperationQpsLimitExceeded", request -> request.key() == null);
    for (LimitSettings.Partition partition : settings.partitions()) {
      limit(partition.requests(), "PartitionQpsLimitted", request -> isIn(partition, request));
    }
    limit(settings.requests(), settings.overall(), request -> true);
    upload = bucket(settings.upload());
    download = bucket(settings.download());
  }

  /** A request begins to be worked on; {@link #end} must follow. */
  public synchronized void begin() {
    active++;
  }

  /** A request is done with. */
  public synchronized void end() {
    active--;
  }

  /** The error if this request is one too many; else it is charged for, and null. */
  public synchronized @Nullable Failure refuse(OssRequest request) {
    long now = time.nanoTime();
    if (settings.active() > 0 && active > settings.active()) {
      return strike("ActiveRequestLimitExceeded");
    }
    for (Limit limit : requests) {
      if (limit.concerns().test(request) && !limit.bucket().has(1, now)) {
        return strike(limit.code());
      }
    }
    if (upload != null && !settings.slowing() && !upload.has(request.body().size(), now)) {
      return strike("UploadTrafficRateLimitExceeded");
    }
    for (Limit limit : requests) {
      if (limit.concerns().test(request)) {
        limit.bucket().take(1, now);
      }
    }
    if (upload != null) {
      upload.take(request.body().size(), now);
    }
    return null;
  }

  /** The error if the answer to a GET has too many bytes; else they are charged for, and null. */
  public synchronized @Nullable Failure refuse(OssRequest request, Answer answer) {
    long now = time.nanoTime();
    if (download == null || !isDownload(request, answer)) {
      return null;
    }
    if (!settings.slowing() && !download.has(answer.body().size(), now)) {
      return strike("DownloadTrafficRateLimitExceeded");
    }
    download.take(answer.body().size(), now);
    return null;
  }

  /** Slows an answer down as the bytes it took and gives want it. Waits without holding up others. */
  public Answer slow(OssRequest request, Answer answer) {
    long nanos = settings.slowing() ? debt(request, answer) : 0;
    if (nanos == 0) {
      return answer;
    }
    if (waiter != null) {
      try {
        waiter.await(nanos, () -> false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999); // a whole one for what has begun
    return answer.with("x-oss-qos-delay-time", Long.toString(millis));
  }

  /** How often each limit struck, by error code, and how often an answer was {@link #SLOWED}. */
  public synchronized Map<String, Integer> struck() {
    return new TreeMap<>(struck);
  }

  private synchronized long debt(OssRequest request, Answer answer) {
    long now = time.nanoTime();
    long owed = upload == null || request.body().size() == 0 ? 0 : upload.debtNanos(now);
    owed = Math.max(owed, download == null || !isDownload(request, answer) ? 0 : download.debtNanos(now));
    if (owed > 0) {
      struck.merge(SLOWED, 1, Integer::sum);
    }
    return owed;
  }

  private static boolean isDownload(OssRequest request, Answer answer) {
    return request.method().equals("GET") && answer.status() / 100 == 2 && answer.body().size() > 0;
  }

  private Failure strike(String code) {
    struck.merge(code, 1, Integer::sum);
    return Failure.of(code);
  }

  private void limit(long perSecond, String code, Predicate<OssRequest> concerns) {
    TokenBucket bucket = bucket(perSecond);
    if (bucket != null) {
      requests.add(new Limit(code, concerns, bucket));
    }
  }

  private @Nullable TokenBucket bucket(long perSecond) {
    return perSecond == 0 ? null : new TokenBucket(perSecond, time.nanoTime());
  }

  private static boolean isIn(LimitSettings.Partition partition, OssRequest request) {
    String key = request.key();
    return partition.bucket().equals(request.bucket()) && key != null && key.startsWith(partition.prefix());
  }
}
