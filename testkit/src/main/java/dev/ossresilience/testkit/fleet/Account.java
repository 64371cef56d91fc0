package dev.ossresilience.testkit.fleet;

import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.testkit.limit.TokenBucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits in force and what of them is used. A refused request isn't charged for. */
final class Account {
  private final List<Kept> limits = new ArrayList<>();

  private static final class Kept {
    Limit limit;
    final TokenBucket bucket;
    Answer refusal;
    long granted;

    Kept(Limit limit, long now) {
      this.limit = limit;
      this.bucket = new TokenBucket(limit.amount(), now);
      this.refusal = Answer.error(limit.code());
    }
  }

  void set(Limit limit, long now) {
    for (Kept kept : limits) {
      if (limit.replaces(kept.limit)) {
        kept.limit = limit;
        kept.bucket.changeTo(limit.amount());
        kept.refusal = Answer.error(limit.code());
        return;
      }
    }
    limits.add(new Kept(limit, now));
  }

  /** The error if this request is one too many, else null. */
  @Nullable Answer refuse(Traffic traffic, int active, long now) {
    for (Kept kept : limits) {
      Limit limit = kept.limit;
      if (!limit.concerns(traffic)) {
        continue;
      }
      boolean full = limit.scope() == ThrottleScope.CONCURRENCY
          ? active >= limit.amount()
          : !limit.slowing() && !kept.bucket.has(limit.cost(traffic), now);
      if (full) {
        return kept.refusal;
      }
    }
    return null;
  }

  /** Takes what a request costs; by how many nanoseconds its answer is to be slowed down. */
  long charge(Traffic traffic, long now) {
    long slowed = 0;
    for (Kept kept : limits) {
      Limit limit = kept.limit;
      if (limit.scope() == ThrottleScope.CONCURRENCY || !limit.concerns(traffic)) {
        continue;
      }
      long cost = limit.cost(traffic);
      kept.bucket.take(cost, now);
      kept.granted += cost;
      slowed = limit.slowing() ? Math.max(slowed, kept.bucket.debtNanos(now)) : slowed;
    }
    return slowed;
  }

  /** What limits of that scope were charged so far, in requests or bytes. */
  long granted(ThrottleScope scope) {
    return limits.stream().filter(kept -> kept.limit.scope() == scope).mapToLong(kept -> kept.granted).sum();
  }
}
