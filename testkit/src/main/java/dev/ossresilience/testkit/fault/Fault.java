package dev.ossresilience.testkit.fault;

import dev.ossresilience.error.CatalogueEntry;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.testkit.fault.ErrorFault.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One thing that can go wrong with one request. Faults happen as a network or a front end would make them happen, before anybody
 * looks at a signature; those that say <em>apply</em> first let the server handle the request as always and then spoil the answer.
 *
 * <p>Immutable; equal if they do the same.
 */
public sealed interface Fault
    permits ErrorFault, AlteredAnswerFault, LateAnswerFault, NetworkFault, ForeignAppendFault, SkewFault, RedirectFault, ForeignWriteFault,
        EarlyAnswerFault {
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
    return new ErrorFault(Form.DOCUMENT, status, Objects.requireNonNull(code, "code"), false, "");
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
    return new ErrorFault(Form.DOCUMENT, status, Objects.requireNonNull(code, "code"), true, "");
  }

  /** 502 or 504 from a gateway in front of OSS: an HTML page without a request id; not applied. */
  static Fault gatewayError(int status) {
    return new ErrorFault(Form.GATEWAY_PAGE, status, "", false, "");
  }

  /** 502 or 504 from a gateway in front of OSS although the request was applied. */
  static Fault applyThenGatewayError(int status) {
    return new ErrorFault(Form.GATEWAY_PAGE, status, "", true, "");
  }

  /** An answer of this status with a request id and nothing else: no body, no code, not even in a header; not applied. */
  static Fault bareError(int status) {
    return new ErrorFault(Form.BARE, status, "", false, "");
  }

  /**
   * An error of OSS with a header {@code Retry-After}, which OSS doesn't send but proxies do; not applied.
   *
   * @param value the header's: seconds, a date, or nonsense
   */
  static Fault retryAfter(int status, String code, String value) {
    return new ErrorFault(Form.RETRY_AFTER, status, Objects.requireNonNull(code, "code"), false, Objects.requireNonNull(value, "value"));
  }

  /** 403 AccessDenied that names the endpoint the bucket must be addressed by; not applied. */
  static Fault wrongEndpoint(String host) {
    return new ErrorFault(Form.WRONG_ENDPOINT, 403, "AccessDenied", false, Objects.requireNonNull(host, "host"));
  }

  /** 403 SecurityTokenExpired, which repeats the request's token; not applied. */
  static Fault securityTokenExpired() {
    return error(403, "SecurityTokenExpired");
  }

  /**
   * The other spelling of a skewed clock: 400 InvalidArgument, "Invalid signing date in Authorization header." Happens to a request
   * that would be refused as RequestTimeTooSkewed; others don't notice.
   */
  static Fault invalidSigningDate() {
    return new AlteredAnswerFault(AlteredAnswerFault.Kind.INVALID_SIGNING_DATE, "");
  }

  /** 203 CallbackFailed with the headers of the success that it is: the write was applied. Happens to successful PUTs and POSTs. */
  static Fault callbackFailed() {
    return new AlteredAnswerFault(AlteredAnswerFault.Kind.CALLBACK_FAILED, "");
  }

  /** Handles and answers the request, with {@code x-oss-qos-delay-time} in a success; nothing is delayed really. */
  static Fault slowed(long millis) {
    return new AlteredAnswerFault(AlteredAnswerFault.Kind.SLOWED, Long.toString(millis));
  }

  /**
   * One bit of the request's body is another one when it arrives: the server handles other bytes than were sent, and answers with the
   * checksum of those. Happens to a request with a body.
   */
  static Fault corruptBody() {
    return new NetworkFault(NetworkFault.Kind.CORRUPT_BODY);
  }

  /** Handles and answers the request, with a wrong {@code x-oss-hash-crc64ecma} if there is one in the answer. */
  static Fault wrongCrc() {
    return new AlteredAnswerFault(AlteredAnswerFault.Kind.WRONG_CRC, "");
  }

  /** Handles and answers the request, with another time in the header {@code Date}; a {@code ServerTime} in the body stays right. */
  static Fault lyingDate(Instant date) {
    return new AlteredAnswerFault(AlteredAnswerFault.Kind.LYING_DATE, date.toString());
  }

  /**
   * Resets a new connection as soon as it is made, if this is the next of the script by then. On a connection that is in use already,
   * or by chance, a request is reset when its head has come; so is its connection.
   */
  static Fault refuseConnection() {
    return new NetworkFault(NetworkFault.Kind.REFUSE_CONNECTION);
  }

  /** Resets the connection after the head of the request, before its body is read; not applied. */
  static Fault resetBeforeBody() {
    return new NetworkFault(NetworkFault.Kind.RESET_BEFORE_BODY);
  }

  /** Reads the whole request and never answers: silence until the client or the simulator closes the connection; not applied. */
  static Fault stall() {
    return new NetworkFault(NetworkFault.Kind.STALL);
  }

  /** Applies the request and sends the head and half of the body, then nothing; where the answer has no body, nothing at all. */
  static Fault stallResponse() {
    return new NetworkFault(NetworkFault.Kind.STALL_RESPONSE);
  }

  /** Applies the request and answers only after {@code delay}, up to 60 s of real time; not at all if the client has gone by then. */
  static Fault applyThenAnswerLate(Duration delay) {
    return new LateAnswerFault(Objects.requireNonNull(delay, "delay"));
  }

  /** Answers as always, promising to keep the connection, and closes it: what a pool then holds is stale. */
  static Fault answerThenClose() {
    return new NetworkFault(NetworkFault.Kind.ANSWER_THEN_CLOSE);
  }

  /** Applies the request and closes the connection without a byte of an answer. */
  static Fault applyThenDrop() {
    return new NetworkFault(NetworkFault.Kind.APPLY_THEN_DROP);
  }

  /** Reads the whole request and closes the connection without an answer; not applied. */
  static Fault drop() {
    return new NetworkFault(NetworkFault.Kind.DROP);
  }

  /**
   * Closes the connection after about half of the body; not applied. Without a body like {@link #drop}. It is an orderly end, unless
   * bytes were underway that nobody will read: the operating system then makes a reset of it, as it does for real servers.
   */
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
   * Answers with an error of OSS as soon as the head of the request has come: instead of the 100 that the client may wait for, and
   * while it may be sending the body, which goes unread until it ends or the client stops. Not applied; the connection is closed.
   * Happens to a request with a body.
   */
  static Fault earlyError(int status, String code) {
    return new EarlyAnswerFault(status, Objects.requireNonNull(code, "code"));
  }

  /**
   * Answers as early with a success that can't be true, and reads nothing of the body: an append is told the position it would have come
   * to. Not applied; the connection is closed under what the client is still writing.
   */
  static Fault earlySuccess() {
    return new EarlyAnswerFault(200, "");
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

  /** Like {@link #foreignAppendAfter}, with as many bytes as the request's, but others. */
  static Fault foreignAppendAfterSameLength() {
    return new ForeignAppendFault(null, true);
  }

  /** Another writer puts a normal object of this text where the request's object is, before the request is handled. */
  static Fault foreignPut(String content) {
    return new ForeignWriteFault(ForeignWriteFault.Kind.PUT, Objects.requireNonNull(content, "content"));
  }

  /** Like {@link #foreignPut}, with an object that can be appended to. */
  static Fault foreignReplace(String content) {
    return new ForeignWriteFault(ForeignWriteFault.Kind.REPLACE, Objects.requireNonNull(content, "content"));
  }

  /** Another writer deletes the request's object before the request is handled. Happens only if there is one. */
  static Fault foreignDelete() {
    return new ForeignWriteFault(ForeignWriteFault.Kind.DELETE, "");
  }

  /** Like {@link #gatewayError}, with a page of 200,000 bytes: more than anybody reads of an error. */
  static Fault longGatewayError(int status) {
    return new ErrorFault(ErrorFault.Form.LONG_GATEWAY_PAGE, status, "", false, "");
  }

  /** 200 with the page of somebody who is not OSS, such as a captive portal; not applied. */
  static Fault portalPage() {
    return new ErrorFault(ErrorFault.Form.PORTAL_PAGE, 200, "", false, "");
  }

  /** 302 to another place; not applied. */
  static Fault redirect(String location) {
    return new RedirectFault(Objects.requireNonNull(location, "location"));
  }
}
