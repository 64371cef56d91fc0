package dev.ossresilience.testkit.conformance;

import dev.ossresilience.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case: what is there, what is asked, what goes wrong, and how it must end.
 *
 * @param family what the case is about, with others
 * @param title unique in its family
 * @param faults of the requests, one each, in order
 * @param giveUp how the caller gives the call up, if it does
 */
record ConformanceCase(
    String family, String title, Operation operation, List<Fault> faults, Settings settings, Signing signing, GiveUp giveUp, Expected expected) {
  /**
   * A request to make and what it does.
   *
   * @param request method, path below the bucket (or, with a slash, below the endpoint) and query
   * @param body how many bytes it sends; -1 for no body
   * @param text the body as text, with what {@code setup} found out in braces; empty for {@code body} made-up bytes
   * @param oneShot whether the body can be read only once
   * @param knowsPrefix whether what is stored was appended by the same client, which then knows its checksum
   * @param stored the object that is there before, in bytes; -1 for none
   * @param changed what is stored afterwards if it is applied: {@code before}, {@code body}, {@code foreign} and the like joined by {@code +}, or {@code absent}
   * @param setup requests made before any fault happens: method, path, size of the body, headers as {@code name=value}
   */
  record Operation(
      String name,
      String request,
      Map<String, String> headers,
      int body,
      String text,
      boolean oneShot,
      boolean knowsPrefix,
      int stored,
      String changed,
      List<String> setup) {}

  /**
   * How the client is set up.
   *
   * @param appends {@code follow} or {@code exact}
   * @param responseTimeout null for the client's default
   * @param learntClock how far the server was ahead before, when the client made its first call; null for no call before
   * @param serverClock how far the server is ahead from the start
   * @param setupFaults faults of a GET that the client makes first, on the connection that the call may then reuse
   */
  record Settings(
      int maxAttempts,
      Duration totalTimeout,
      String appends,
      @Nullable Duration responseTimeout,
      @Nullable Duration learntClock,
      Duration serverClock,
      List<Fault> setupFaults) {}

  /**
   * Who signs, and with what.
   *
   * @param signer {@code v4}, {@code v1} or {@code none}: what the middleware signs with
   * @param sent whether the caller hands the request over unsigned, with a signature in its headers, or presigned
   * @param credentials {@code fixed}; {@code expired} or {@code replaced} just before the call, with others to be had; {@code expired
   *     for good}; or {@code expired, the source fails}
   * @param parallel how many such calls are made at once, each signed before any is sent
   */
  record Signing(String signer, String sent, String credentials, int parallel) {}

  /** When and how the caller gives up. */
  enum GiveUp {
    NEVER,
    CANCEL_IN_WAIT,
    INTERRUPT_IN_WAIT,
    CANCEL_IN_FLIGHT,
    INTERRUPT_IN_FLIGHT
  }

  /**
   * How it must end.
   *
   * @param ends {@code success}, {@code error STATUS [CODE]}, {@code doubtful error STATUS [CODE]} (delivered,
   *     but reported as ambiguous), {@code exception}, {@code ambiguous}, {@code cancelled}, {@code integrity},
   *     {@code refused} (a redirect), {@code broken answer} or {@code callback failed}
   * @param attempts how often the caller's request reaches the server
   * @param probes how many requests of the adapter's own reach it
   * @param object {@code changed}, {@code untouched}, or as in {@link Operation#changed}
   * @param recorded the reasons recorded, each once, in order
   * @param shortest the time that must have passed, null for any
   * @param longest the time that may have passed, null for any
   * @param clock what of the clock is known afterwards
   */
  record Expected(
      String ends,
      int attempts,
      int probes,
      String object,
      List<String> recorded,
      @Nullable Duration shortest,
      @Nullable Duration longest,
      Clock clock) {}

  /**
   * What is known of the server's clock after the call, each null for whatever.
   *
   * @param measured how far it is ahead, by the call's report
   * @param offset how far it is taken to be ahead from now on
   * @param nextAttempts how many attempts one more call takes
   */
  record Clock(@Nullable Duration measured, @Nullable Duration offset, @Nullable Integer nextAttempts) {}

  @Override
  public String toString() {
    return family + ": " + title;
  }
}
