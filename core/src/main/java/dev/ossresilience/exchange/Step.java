package dev.ossresilience.exchange;

import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done next in an exchange: data, which a driver turns into action and answers to the {@link Exchange}. */
public sealed interface Step {
  /**
   * Calls the method of {@code performer} for this step.
   *
   * @return the step that follows, null if this was the last
   * @throws IOException if the exchange ends with it
   */
  @Nullable Step perform(Performer performer) throws IOException;

  /** Send the caller's request with an edit. */
  record Attempt(RequestEdit edit) implements Step {
    static final Attempt AS_IT_IS = new Attempt(RequestEdit.NONE);

    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.attempt(this);
    }
  }

  /** Send a request of ours and digest its answer. */
  record Probe(ProbeRequest request) implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.probe(this);
    }
  }

  /** Read the body of the caller's request through, for its length and CRC64, and keep at most so many of its first bytes. */
  record Digest(int keep) implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.digest(this);
    }
  }

  /** Do nothing for a while. */
  record Pause(Duration delay, Reason reason) implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.pause(this);
    }
  }

  /** Ask for other credentials, by {@link Exchange#fetchCredentials}, which may block. */
  record Refresh() implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.refresh(this);
    }
  }

  /** End: give the caller the last response to an attempt. */
  record Deliver() implements Step {
    static final Deliver LAST = new Deliver();

    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.deliver(this);
    }
  }

  /** End: give the caller a success of our own making, for the server has proven to have done what was asked. */
  record Recovered(int status, Map<String, String> headers, String body) implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.recovered(this);
    }
  }

  /** End: throw. */
  record Fail(IOException cause) implements Step {
    @Override
    public @Nullable Step perform(Performer performer) throws IOException {
      return performer.fail(this);
    }
  }

  /** One method per step; a new kind of step doesn't compile until every driver can do it. */
  interface Performer {
    @Nullable Step attempt(Attempt step) throws IOException;

    @Nullable Step probe(Probe step) throws IOException;

    @Nullable Step digest(Digest step) throws IOException;

    @Nullable Step pause(Pause step) throws IOException;

    @Nullable Step refresh(Refresh step) throws IOException;

    @Nullable Step deliver(Deliver step) throws IOException;

    @Nullable Step recovered(Recovered step) throws IOException;

    @Nullable Step fail(Fail step) throws IOException;
  }
}
