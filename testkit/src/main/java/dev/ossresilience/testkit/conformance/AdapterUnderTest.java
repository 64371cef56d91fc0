package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssResilience;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the conformance suite needs of an adapter: a few lines per HTTP client. Whatever the client's own defaults are, leave them as
 * they are, except what the adapter's documentation tells its users to set.
 */
public interface AdapterUnderTest {
  /** What the report calls it, for example {@code OkHttp interceptor, execute}. */
  String name();

  /** Whether a call runs on the thread that makes it, so that interrupting that thread means giving the call up. */
  boolean isBlocking();

  /**
   * A client of its own over {@code oss}.
   *
   * @param responseTimeout how long to wait for bytes of a response, null for the client's default
   */
  Client open(OssResilience oss, @Nullable Duration responseTimeout);

  /** One HTTP client with the adapter in place. */
  interface Client extends AutoCloseable {
    /** A call that has not begun. */
    Call prepare(TestRequest request);

    /** How many of its connections are in use now: not one, once every response is closed. */
    int connectionsInUse();

    /** How many of its connections are open for calls to come. */
    default int connectionsIdle() {
      return 0;
    }

    @Override
    void close();
  }

  /** One call. */
  interface Call {
    /**
     * Makes the call, reads the whole response and closes it. An asynchronous adapter waits here until its callback or future
     * completes, and throws what that was given.
     */
    TestResponse execute() throws IOException;

    /** Gives the call up from another thread in the client's own way. */
    void cancel();
  }
}
