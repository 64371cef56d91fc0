package dev.ossresilience.report;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suppressed by every exception that ends a call, so that its stack trace shows what happened; {@link ExchangeReport#of} finds it. Never
 * thrown.
 */
public final class AttachedReport extends Exception {
  private static final long serialVersionUID = 1L;

  private transient volatile @Nullable ExchangeReport report;

  private AttachedReport(ExchangeReport report) {
    super(null, null, false, false);
    this.report = report;
  }

  /** An exception that somebody throws again and again, made once, has one report at a time. */
  static void attach(Throwable to, ExchangeReport report) {
    for (Throwable suppressed : to.getSuppressed()) {
      if (suppressed instanceof AttachedReport attached) {
        attached.report = report;
        return;
      }
    }
    to.addSuppressed(new AttachedReport(report));
  }

  /** That of the nearest one. */
  static @Nullable ExchangeReport in(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> next = new ArrayDeque<>();
    next.add(thrown);
    for (Throwable one = next.poll(); one != null; one = next.poll()) {
      if (!seen.add(one)) {
        continue;
      }
      ExchangeReport found = one instanceof AttachedReport attached ? attached.report : one instanceof OssServiceException service ? service.report() : null;
      if (found != null) {
        return found;
      }
      Collections.addAll(next, one.getSuppressed());
      if (one.getCause() != null) {
        next.add(one.getCause());
      }
    }
    return null;
  }

  /** The call as {@link Waterfall#text} draws it. */
  @Override
  public String getMessage() {
    ExchangeReport known = report;
    return known == null ? "" : Waterfall.text(known).stripTrailing();
  }

  @Override
  public String toString() {
    return "what happened in the call: " + getMessage();
  }
}
