package dev.ossresilience.testkit.fault;

import dev.ossresilience.testkit.Faults;
import dev.ossresilience.error.CatalogueEntry;
import dev.ossresilience.error.ErrorCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One thing that can go wrong with one request. Faults happen as a network or a front end would make them happen, before anybody
 * looks at a signature; those that say <em>apply</em> first let the server handle the request as always and then spoil the answer.
 *
 * <p>Immutable; equal if they do the same.
 */
public sealed interface Fault permits ErrorFault, NetworkFault, ForeignAppendFault, SkewFault, RedirectFault {
  /** A short name, the same for equal faults; counts are kept by it. */
  String name();

  /** As {@link #parse} reads it. */
  @Override
  String toString();

  /**
   * Reads a fault: the name of one of the methods below and its arguments, separated by spaces, such as {@code drop},
   * {@code error 503 ServiceUnavailable}, {@code skewed PT20M}, {@code foreignAppend some text}. Bytes that are no text are written
   * as {@code hex:00ff}.
   *
   * @throws IllegalArgumentException naming the word that is wrong, what is expected, and the whole menu
   */
  static Fault parse(String notation) {
    return FaultMenu.parse(notation);
  }

  /** All lines that {@link #parse} reads, with the names of their arguments, such as {@code error STATUS CODE}. */
  static List<String> menu() {
    return FaultMenu.LINES.stream().map(FaultMenu.Line::usage).toList();
  }

  /** Nothing goes wrong: lets one request of a script pass. Never counted. */
  static Fault none() {
    return new NetworkFault(NetworkFault.Kind.NONE);
  }

  /** Answers with an error of OSS; the request is not applied. The message is OSS's own where the code is a known one. */
  static Fault error(int status, String code) {
    return new ErrorFault(status, Objects.requireNonNull(code, "code"), false);
  }

  /**
   * The same with the status that OSS sends with this code.
   *
   * @throws IllegalArgumentException if the code is none of OSS's
   */
  static Fault error(String code) {
    CatalogueEntry known = ErrorCatalogue.standard().entry(code);
    if (known == null || known.statuses().isEmpty()) {
      throw new IllegalArgumentException("no status is known for the error code \"" + code + "\": name one, as in error 503 " + code);
    }
    return error(known.statuses().get(0), code);
  }

  /** 503 with one of OSS's throttling codes, for example {@code UploadTrafficRateLimitExceeded}; not applied. */
  static Fault throttled(String code) {
    return error(503, code);
  }

  /** 400 RequestTimeout, the server's complaint that the body stopped coming; not applied, and the connection is closed. */
  static Fault requestTimeout() {
    return error(400, "RequestTimeout");
  }

  /** 500 InternalError, not applied. */
  static Fault internalError() {
    return error(500, "InternalError");
  }

  /** 500 InternalError although the request was applied. */
  static Fault applyThenInternalError() {
    return applyThenError(500, "InternalError");
  }

  /** Answers with an error of OSS although the request was applied. */
  static Fault applyThenError(int status, String code) {
    return new ErrorFault(status, Objects.requireNonNull(code, "code"), true);
  }

  /** 502 or 504 from a gateway in front of OSS: an HTML page without a request id; not applied. */
  static Fault gatewayError(int status) {
    return new ErrorFault(status, ErrorFault.GATEWAY, false);
  }

  /** 502 or 504 from a gateway in front of OSS although the request was applied. */
  static Fault applyThenGatewayError(int status) {
    return new ErrorFault(status, ErrorFault.GATEWAY, true);
  }

  /** Applies the request and closes the connection without a byte of an answer. */
  static Fault applyThenDrop() {
    return new NetworkFault(NetworkFault.Kind.APPLY_THEN_DROP);
  }

  /** Reads the whole request and closes the connection without an answer; not applied. */
  static Fault drop() {
    return new NetworkFault(NetworkFault.Kind.DROP);
  }

  /** Closes the connection after about half of the body; not applied. Without a body, or with one of a byte, like {@link #drop}. */
  static Fault dropMidBody() {
    return new NetworkFault(NetworkFault.Kind.DROP_MID_BODY);
  }

  /** Applies the request and closes the connection after half of the answer's body; without one, like {@link #applyThenDrop}. */
  static Fault truncateResponse() {
    return new NetworkFault(NetworkFault.Kind.TRUNCATE_RESPONSE);
  }

  /** Handles and answers the request, and delivers it to the server once more before the next one. Counted when it is delivered. */
  static Fault lateDuplicate() {
    return new NetworkFault(NetworkFault.Kind.LATE_DUPLICATE);
  }

  /**
   * Closes the connection without an answer and keeps the request, as a stuck proxy would; it is delivered to the server right
   * before the request after the next one.
   */
  static Fault deliverLater() {
    return new NetworkFault(NetworkFault.Kind.DELIVER_LATER);
  }

  /** Sets the server's clock off by {@code offset} from this request on, for good. Counted only if that changes the offset. */
  static Fault skewed(Duration offset) {
    return new SkewFault(Objects.requireNonNull(offset, "offset"));
  }

  /**
   * A second writer appends to the same object before the request is handled. Happens to an append, whose object it creates if
   * need be, and to a HEAD or GET of an appendable object; other requests don't notice.
   */
  static Fault foreignAppend(byte[] bytes) {
    return new ForeignAppendFault(bytes.clone(), false);
  }

  /** Like {@link #foreignAppend}, with other bytes than the request's but as many of them; differing each time, the same in each run. */
  static Fault foreignAppendSameLength() {
    return new ForeignAppendFault(null, false);
  }

  /** Handles the request, lets a second writer append, and closes the connection without an answer. */
  static Fault foreignAppendAfter(byte[] bytes) {
    return new ForeignAppendFault(bytes.clone(), true);
  }

  /** 302 to another place; not applied. */
  static Fault redirect(String location) {
    return new RedirectFault(Objects.requireNonNull(location, "location"));
  }
}
