package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.signing.ClockSkew;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.UnsignableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Signs each attempt and probe of one exchange by the corrected clock; corrects that clock, and changes the credentials, at most once. */
final class Signing {
  /** What OSS tolerates, documented: what differs by less isn't why a request was refused. */
  private static final Duration TOLERATED_BY_OSS = Duration.ofMinutes(15);

  /** The one message that is looked at: OSS uses the code InvalidArgument for a hundred things, a wrong clock among them. */
  private static final String SECOND_SPELLING = "Invalid signing date in Authorization header";

  private final ExchangeSettings settings;
  private final RequestHead request;
  private final Target target;
  private final Room room;
  private final @Nullable Telling telling;
  private final @Nullable OssSigner signer;

  /** Whether another attempt carries another signature, ours or one made further down. */
  private final boolean isSignedAnew;

  private final boolean isUnsigned;

  private @Nullable Credentials signedWith;
  private long sentNanos;
  private Duration offsetWhenSent = Duration.ZERO;
  private ClockSkew.@Nullable Measured measured;

  /** Whether nothing but the headers of a silent refusal speak for a wrong clock. */
  private boolean guessed;

  private Duration offsetBefore = Duration.ZERO;
  private Duration offsetLearned = Duration.ZERO;
  private boolean clockCorrected;
  private boolean credentialsChanged;

  Signing(ExchangeSettings settings, RequestHead request, Target target, Query query, Room room, @Nullable Telling telling) {
    this.settings = settings;
    this.request = request;
    this.target = target;
    this.room = room;
    this.telling = telling;
    // A presigned URL is its own signature; two are refused.
    boolean presigned = query.has("x-oss-signature") || (query.has("Signature") && query.has("OSSAccessKeyId"));
    this.isUnsigned = !presigned && settings.signer() == null && !settings.signedDownstream();
    this.signer = presigned ? null : settings.signer();
    this.isSignedAnew = !presigned && (settings.signer() != null || settings.signedDownstream());
  }

  /** The headers that sign the caller's request with that query, none without a signer. */
  Map<String, String> signAttempt(Query query, long nowNanos) throws SigningException {
    if (signer == null) {
      return unsigned(nowNanos);
    }
    SortedMap<String, String> headers = new TreeMap<>();
    request.forEachHeader((name, value) -> add(headers, name.toLowerCase(Locale.ROOT), value));
    return sign(signer, request.method(), target, query, headers);
  }

  /** OSS signs its own headers with all their values, others with the first. */
  private static void add(SortedMap<String, String> headers, String name, String value) {
    headers.merge(name, value, (first, next) -> name.startsWith("x-oss-") ? first.trim() + "," + next.trim() : first);
  }

  /** All headers of a probe: its own and those that sign it. */
  Map<String, String> signProbe(ProbeRequest probe, Map<String, String> own) throws SigningException {
    Map<String, String> all = new HashMap<>(own);
    Target about = probe.elsewhere() == null ? target : probe.elsewhere().target();
    OssSigner always = settings.signer();
    all.putAll(always == null ? unsigned(settings.time().nanoTime()) : sign(always, probe.method(), about, Query.parse(probe.query()), new TreeMap<>(own)));
    return all;
  }

  private Map<String, String> unsigned(long nowNanos) {
    offsetWhenSent = settings.skew().offset();
    sentNanos = nowNanos;
    return Map.of();
  }

  private Map<String, String> sign(OssSigner signer, String method, Target about, Query query, SortedMap<String, String> headers)
      throws SigningException {
    offsetWhenSent = settings.skew().offset();
    headers.putIfAbsent("host", host());
    SigningRequest toSign = new SigningRequest(method, about.bucket(), about.key(), query, headers);
    try {
      Credentials credentials = Credentials.from(signer.credentials(), room.left());
      sentNanos = settings.time().nanoTime(); // not before: the credentials may have had to be fetched
      if (!room.allows(Duration.ZERO, sentNanos)) {
        throw new SigningException(
            "the CredentialsProvider took all the time there was; it should answer from memory, or keep to the time it is given");
      }
      signedWith = credentials;
      return signer.sign(toSign, credentials, settings.time().wallTime().plus(offsetWhenSent));
    } catch (RuntimeException e) {
      throw new SigningException(UnsignableException.of("the signer", e));
    }
  }

  private String host() {
    boolean usual = request.port() == (request.scheme().equals("https") ? 443 : 80);
    return usual ? request.host() : request.host() + ":" + request.port();
  }

  /** Whether attempts are signed here. */
  boolean signs() {
    return signer != null;
  }

  /** The diagnosis, or that of a wrong clock where the clock explains what the code leaves open. */
  Diagnosis reconsider(Diagnosis diagnosis, OssError error, ResponseHead response) {
    Duration roundTrip = Duration.ofNanos(settings.time().nanoTime() - sentNanos);
    measured = ClockSkew.measure(error, response, roundTrip, settings.time().wallTime());
    boolean silent = error.code() == null && (error.status() == 401 || error.status() == 403); // an old server's answer to HEAD
    if (silent && guessed) {
      settings.skew().forget(offsetLearned, offsetBefore); // it wasn't the clock
      if (telling != null) {
        telling.tell(new OssEvent.ClockCorrected(telling.call(), offsetLearned, offsetBefore));
      }
      return diagnosis;
    }
    boolean secondSpelling =
        error.status() == 400 && "InvalidArgument".equals(error.code()) && String.valueOf(error.message()).startsWith(SECOND_SPELLING);
    boolean wrong = measured != null && measured.distance(offsetWhenSent).compareTo(TOLERATED_BY_OSS) > 0;
    guessed = silent && wrong && ClockSkew.isConsistent(error, response);
    if (guessed || (secondSpelling && wrong)) {
      return new Diagnosis(Verdict.CLOCK_SKEWED, diagnosis.effect());
    }
    boolean anybody = diagnosis.verdict() == Verdict.CREDENTIALS_REJECTED && error.requestId() == null;
    return anybody ? new Diagnosis(Verdict.FATAL, diagnosis.effect()) : diagnosis; // a proxy's 401 says nothing of OSS's credentials
  }

  /** After a refusal for the clock: learns the server's time; true if sending again is worth a try. */
  boolean correctClock() {
    if (measured == null) {
      return false;
    }
    offsetBefore = settings.skew().offset();
    settings.skew().learn(measured);
    offsetLearned = settings.skew().offset();
    if (telling != null && !offsetLearned.equals(offsetBefore)) {
      telling.tell(new OssEvent.ClockCorrected(telling.call(), offsetBefore, offsetLearned));
    }
    boolean first = !clockCorrected;
    clockCorrected = true;
    return first && isSignedAnew;
  }

  /** Whether other credentials may be asked for; yes only once. */
  boolean mayChangeCredentials() {
    boolean may = signer != null && !credentialsChanged;
    credentialsChanged = true;
    return may;
  }

  /** Asks for other credentials than the refused ones, which may take a while; whether there are any. Changes nothing here. */
  boolean fetchCredentials() {
    if (signer == null || signedWith == null) {
      return false;
    }
    try {
      return signer.credentials().refresh(signedWith, room.left());
    } catch (RuntimeException e) {
      return false; // the refusal says more than that there are no others
    }
  }

  /** Whether the caller's request may be changed: nobody signed it, or it is signed anew. */
  boolean mayEdit() {
    return isSignedAnew || isAnonymous();
  }

  /** Whether nothing secret travels with the request. */
  boolean isAnonymous() {
    return isUnsigned && request.header("Authorization") == null && request.header("x-oss-security-token") == null;
  }

  /** How far the server's clock is ahead of ours, by the last answer that told; null if none did. */
  @Nullable Duration measured() {
    return measured == null ? null : measured.middle();
  }
}
