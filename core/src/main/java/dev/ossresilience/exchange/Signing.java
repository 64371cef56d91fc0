package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.signing.SigningRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signs each attempt and probe of one exchange by the corrected clock, and corrects that clock at most once. */
final class Signing {
  private final ExchangeSettings settings;
  private final RequestHead request;
  private final Target target;
  private Instant sent = Instant.EPOCH;
  private boolean corrected;

  Signing(ExchangeSettings settings, RequestHead request, Target target) {
    this.settings = settings;
    this.request = request;
    this.target = target;
  }

  /** The headers that sign the caller's request with that query, none without a signer. */
  Map<String, String> signAttempt(Query query) throws SigningException {
    SortedMap<String, String> headers = new TreeMap<>();
    if (settings.signer() != null) {
      request.forEachHeader((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    }
    return sign(request.method(), query, headers);
  }

  /** All headers of a probe: its own and those that sign it. */
  Map<String, String> signProbe(String method, Map<String, String> own) throws SigningException {
    Map<String, String> all = new HashMap<>(own);
    all.putAll(sign(method, new Query(List.of()), new TreeMap<>(own)));
    return all;
  }

  private Map<String, String> sign(String method, Query query, SortedMap<String, String> headers) throws SigningException {
    if (settings.signer() == null) {
      return Collections.emptyMap();
    }
    sent = settings.time().wallTime();
    SigningRequest toSign = new SigningRequest(method, target.bucket(), target.key(), query, headers);
    try {
      return settings.signer().sign(toSign, settings.skew().correct(sent));
    } catch (RuntimeException e) {
      throw new SigningException(e); // most likely the caller's CredentialsProvider
    }
  }

  /** Learns the server's time from a refusal; true if signing again is worth a try. */
  boolean correctClock(OssError error, ResponseHead response) {
    boolean learned = settings.signer() != null && settings.skew().learn(error, response, sent, settings.time().wallTime());
    boolean first = !corrected;
    corrected = true;
    return learned && first;
  }
}
