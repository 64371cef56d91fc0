package dev.ossresilience.benchmarks.scorecard.script;

import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.APPENDS;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.BODIES;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.CLOCK;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.DOUBT;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.END;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.ERRORS;
import static dev.ossresilience.benchmarks.scorecard.script.Script.Group.NETWORK;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.fault.ErrorFault;
import dev.ossresilience.testkit.fault.ErrorFault.Form;
import dev.ossresilience.testkit.fault.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** All scripts, in the order of the table. */
public final class Scripts {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Credentials STS = new Credentials("sts-1", "secret-1", "token-1");
  private static final Credentials RENEWED = new Credentials("sts-2", "secret-2", "token-2");

  private Scripts() {}

  /** All of them. */
  public static List<Script> all() {
    return Stream.of(errors(), network(), appends(), doubt(), clock(), bodies(), end()).flatMap(List::stream).toList();
  }

  private static List<Script> errors() {
    return List.of(
        Script.of("get-500", ERRORS, "GET: 500 InternalError", Plays.get(Fault.internalError())),
        Script.of("put-503-limit", ERRORS, "PUT: 503 UploadTrafficRateLimitExceeded", Plays.put(Fault.throttled("UploadTrafficRateLimitExceeded"))),
        Script.of("put-429", ERRORS, "PUT: 429 TooManyRequests", Plays.put(Fault.error(429, "TooManyRequests"))),
        Script.of("put-400-timeout", ERRORS, "PUT: 400 RequestTimeout", Plays.put(Fault.requestTimeout())),
        Script.of("put-html-504", ERRORS, "PUT: 504, an HTML page", Plays.put(Fault.gatewayError(504))),
        Script.of("get-html-503", ERRORS, "GET: 503, an HTML page", Plays.get(Fault.gatewayError(503))),
        Script.of("head-500", ERRORS, "HEAD: 500 without a code", Plays.head(Fault.bareError(500))),
        Script.of("two-in-a-row", ERRORS, "PUT: 500, then a lost connection", Plays.put(Fault.internalError(), Fault.drop())),
        Script.of("five-in-a-row", ERRORS, "PUT: 500, five times", Plays.put(Collections.nCopies(5, Fault.internalError()).toArray(Fault[]::new))));
  }

  private static List<Script> network() {
    return List.of(
        Script.of("get-drop", NETWORK, "GET: connection closed, no answer", Plays.get(Fault.drop())),
        Script.of("put-drop", NETWORK, "PUT: connection closed, no answer", Plays.put(Fault.drop())),
        Script.of("put-reset", NETWORK, "PUT: connection reset within the body", Plays.put(Fault.dropMidBody())),
        Script.of("connect-refused", NETWORK, "PUT: a new connection is reset", Plays.put(Fault.refuseConnection())),
        Script.of("get-stall", NETWORK, "GET: silence until the read timeout", Plays.get(Fault.stall())),
        Script.of("get-cut", NETWORK, "GET: the answer ends half-way", Plays.getOrTold(Fault.truncateResponse())).rightIs("the error is told, or all bytes are read"),
        Script.of("portal", NETWORK, "PUT: 200 with somebody else's page", Plays.put(Fault.portalPage())),
        Script.of("get-portal", NETWORK, "GET: 200 with somebody else's page", Plays.get(Fault.portalPage())));
  }

  private static List<Script> appends() {
    return List.of(
        Script.of("append-limit", APPENDS, "503 rate limit: not stored", Plays.append(Fault.throttled("UploadTrafficRateLimitExceeded"))),
        Script.of("append-lost", APPENDS, "stored, answer lost", Plays.append(Fault.applyThenDrop())),
        Script.of("append-lost-pooled", APPENDS, "stored, answer lost, on a pooled connection", Plays.appendOnPooledConnection(Fault.applyThenDrop())),
        Script.of("append-lost-500", APPENDS, "stored, told 500", Plays.append(Fault.applyThenInternalError())),
        Script.of("append-lost-503", APPENDS, "stored, told 503 by a gateway", Plays.append(Fault.applyThenGatewayError(503))),
        Script.of("append-lost-408", APPENDS, "stored, told 408 by a gateway", Plays.append(Fault.applyThenGatewayError(408))),
        Script.of("append-lost-at-once", APPENDS, "stored, told 503 with Retry-After: 0", Plays.append(new ErrorFault(Form.RETRY_AFTER, 503, "ServiceUnavailable", true, "0"))),
        Script.of("append-silence", APPENDS, "stored, then silence", Plays.append(Fault.stallResponse())),
        Script.of("append-one-shot", APPENDS, "of a one-shot stream: stored, answer lost", Plays.appendOneShot(Fault.applyThenDrop())),
        Script.of("append-second-writer", APPENDS, "a second writer comes first", Plays.appendBeside(Fault.foreignAppendSameLength())).rightIs("stored once after the other's bytes, or told 409 and not stored"),
        Script.of("append-lost-second-writer", APPENDS, "lost, then a second writer of equal length", Plays.appendBeside(Fault.drop(), Fault.foreignAppendSameLength())).rightIs("stored once after the other's bytes, or told 409 and not stored"),
        Script.of("append-then-second-writer", APPENDS, "stored, a second writer, answer lost", Plays.append(Fault.foreignAppendAfterSameLength())),
        Script.of("append-skew", APPENDS, "clock 1 h off", Plays.skewed(HOUR, Plays::append)));
  }

  private static List<Script> doubt() {
    return List.of(
        Script.of("complete-lost", DOUBT, "CompleteMultipartUpload: done, answer lost", Plays.complete(Fault.applyThenDrop())),
        Script.of("complete-504", DOUBT, "CompleteMultipartUpload: done, told 504", Plays.complete(Fault.applyThenGatewayError(504))),
        Script.of("put-new-lost", DOUBT, "PUT if absent: stored, answer lost", Plays.putIfAbsent(Fault.applyThenDrop())),
        Script.of("put-lost", DOUBT, "PUT: stored, answer lost", Plays.put(Fault.applyThenDrop())),
        Script.of("delete-lost", DOUBT, "DELETE: done, answer lost", Plays.delete(Fault.applyThenDrop())),
        Script.of("callback", DOUBT, "PUT: 203, stored but the callback failed", Plays.callback()).rightIs("stored once, sent once, and 203 CallbackFailed can be seen"));
  }

  private static List<Script> clock() {
    return List.of(
        Script.of("skew-put", CLOCK, "PUT: clock 1 h off", Plays.skewed(HOUR, Plays::put)),
        Script.of("skew-get", CLOCK, "GET: clock 1 h behind", Plays.skewed(HOUR.negated(), Plays::get)),
        Script.of("skew-head", CLOCK, "HEAD: clock 1 h off", Plays.skewed(HOUR, Plays::head)),
        Script.of("skew-other", CLOCK, "PUT: the same as 400 InvalidArgument", Plays.skewed(HOUR, none -> Plays.put(Fault.invalidSigningDate()))),
        Script.of("skew-next", CLOCK, "PUT: the call after it", Plays.secondCall(HOUR)),
        Script.of("resync", CLOCK, "PUT: after the clock was set right again", Plays.resync(HOUR)),
        Script.of("sts-expired", CLOCK, "PUT: STS token revoked, new ones to be had", Plays.revoked(STS, RENEWED)).with(List.of(STS, RENEWED)));
  }

  private static List<Script> bodies() {
    return List.of(
        Script.of("file-503", BODIES, "PUT of a file: 503 rate limit", Plays.putFile(Fault.throttled("UploadTrafficRateLimitExceeded"))),
        Script.of("one-shot-503", BODIES, "PUT of a one-shot 2 MB stream: 503", Plays.putOneShot(Fault.error(503, "ServiceUnavailable"))).rightIs("the 503 is told, for the bytes are gone; or a client that has kept them sends them again"),
        Script.of("one-shot-drop", BODIES, "PUT of a one-shot stream: connection reset", Plays.putOneShotOverNetwork(Fault.dropMidBody())).rightIs("an error is told and nothing is stored, or a client that has kept the bytes sends them again"),
        Script.of("put-damaged", BODIES, "PUT: a bit turned over on the way", Plays.put(Fault.corruptBody())),
        Script.of("part-damaged", BODIES, "UploadPart: a bit turned over on the way", Plays.part(Fault.corruptBody())),
        Script.of("get-damaged", BODIES, "GET: bytes and checksum don't agree", Plays.getDamaged(Fault.wrongCrc())).rightIs("an error is told, or the object is read again"));
  }

  private static List<Script> end() {
    return List.of(
        Script.of("denied", END, "PUT: 403 AccessDenied, five times", Plays.refusedAtOnce(403, "AccessDenied", Collections.nCopies(5, Fault.error(403, "AccessDenied")))).rightIs("the 403 is told, after one request"),
        Script.of("retry-after", END, "PUT: 503, Retry-After one day", Plays.ends(List.of(Fault.retryAfter(503, "ServiceUnavailable", "86400")))).rightIs("an end, whichever, within the time limit"),
        Script.of("outage", END, "PUT: 500 for good", Plays.refused(500, "InternalError", Collections.nCopies(50, Fault.internalError()))).rightIs("the 500 is told"),
        Script.of("redirect", END, "GET: 302 to a stranger's host", Plays.redirect()).with(List.of(STS)).rightIs("neither signature nor STS token get there"));
  }
}
