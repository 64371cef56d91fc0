package dev.ossresilience.signing;

import dev.ossresilience.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps temporary credentials fresh: one fetch at a time, whoever wants it. */
final class SessionProvider implements CredentialsProvider {
  /** Ahead of the end, so that no request waits for it; less for credentials that don't live that long. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** From one fetch to the next, so that a source that is down, or gives what OSS refuses or what is about to expire, isn't flooded. */
  private static final long MIN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A source that is still down is asked after 1, 2, 4 … 32 s. */
  private static final int MAX_DOUBLINGS = 5;

  /** For who has no deadline of his own; after it a fetch is given up for lost. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Not a record: two fetches are two sessions, whatever they brought. */
  private static final class Session {
    final Credentials credentials;
    final long fetchedNanos;
    final long lifeNanos;

    Session(SessionCredentials fetched, long fetchedNanos) {
      this.credentials = fetched.credentials();
      this.fetchedNanos = fetchedNanos;
      this.lifeNanos = fetched.validFor().toNanos();
    }

    boolean isGood(long now) {
      return now - fetchedNanos < lifeNanos;
    }

    boolean isFresh(long now) {
      return now - fetchedNanos < lifeNanos - Math.min(AHEAD.toNanos(), lifeNanos / 2);
    }
  }

  private final SessionCredentials.Source source;
  private final TimeSource time;
  private final Object lock = new Object();
  private volatile @Nullable Session session;
  private @Nullable CompletableFuture<Session> lastFetch;
  private int failures;
  private boolean lastWasRefused;
  private long lastFetchNanos;

  SessionProvider(SessionCredentials.Source source) {
    this(source, TimeSource.system());
  }

  SessionProvider(SessionCredentials.Source source, TimeSource time) {
    this.source = Objects.requireNonNull(source, "source");
    this.time = time;
    this.lastFetchNanos = time.nanoTime() - MIN_PAUSE_NANOS;
  }

  @Override
  public Credentials current() {
    return current(LONGEST);
  }

  @Override
  public Credentials current(Duration atMost) {
    Session known = session;
    long now = time.nanoTime();
    if (known != null && known.isFresh(now)) {
      return known.credentials;
    }
    if (known != null && known.isGood(now)) {
      CompletableFuture<Session> ignored = fetch(known, false); // in the background; whoever needs it in the end finds out how it went
      return known.credentials;
    }
    return await(fetch(known, false), atMost).credentials;
  }

  @Override
  public boolean refresh(Credentials refused, Duration atMost) {
    Session known = session;
    if (known != null && !known.credentials.equals(refused)) {
      return true; // another call was faster
    }
    return !await(fetch(known, true), atMost).credentials.equals(refused);
  }

  /**
   * The fetch that is under way, or a new one; what was fetched since {@code known} was read will do too, and so will, for a while, the
   * last fetch if it failed or brought nothing better.
   *
   * @param refused whether OSS refused what {@code known} brought
   */
  private CompletableFuture<Session> fetch(@Nullable Session known, boolean refused) {
    synchronized (lock) {
      Session newest = session;
      if (newest != null && newest != known) {
        return CompletableFuture.completedFuture(newest);
      }
      long now = time.nanoTime();
      CompletableFuture<Session> last = lastFetch;
      boolean other = refused && !lastWasRefused; // what it brought is no use: the first to find out need not wait
      long notBefore = last == null || (last.isDone() && other) ? 0 : last.isDone() ? pauseNanos() : LONGEST.toNanos();
      if (last != null && now - lastFetchNanos < notBefore) {
        return last;
      }
      CompletableFuture<Session> started = new CompletableFuture<>();
      lastFetchNanos = now;
      lastWasRefused = refused;
      Thread thread = new Thread(() -> fetchInto(started), "oss-credentials");
      thread.setDaemon(true);
      thread.start();
      lastFetch = started; // not before: if no thread can be had the next caller tries again
      return started;
    }
  }

  private long pauseNanos() {
    return MIN_PAUSE_NANOS << Math.max(0, Math.min(failures - 1, MAX_DOUBLINGS));
  }

  private void fetchInto(CompletableFuture<Session> result) {
    try {
      long before = time.nanoTime(); // the life of credentials begins at the latest when they are asked for
      SessionCredentials fetched = Objects.requireNonNull(source.fetch(), "the source returned null");
      Session fresh = new Session(fetched, before);
      synchronized (lock) {
        failures = 0;
        if (session == null || session.fetchedNanos - fresh.fetchedNanos <= 0) { // else one that was given up for lost comes last
          session = fresh;
        }
      }
      result.complete(fresh);
    } catch (Throwable e) { // whoever waits must be told, whatever it was
      synchronized (lock) {
        failures++;
      }
      result.completeExceptionally(e);
    }
  }

  private static Session await(CompletableFuture<Session> fetch, Duration atMost) {
    try {
      return fetch.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnsignableException("the source of session credentials did not answer within " + atMost.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnsignableException("the source of session credentials threw " + cause.getClass().getName(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnsignableException("interrupted while waiting for session credentials", e);
    }
  }

  @Override
  public String toString() {
    return "CredentialsProvider.session";
  }
}
