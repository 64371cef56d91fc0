package dev.ossresilience.testkit.conformance;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what happened with what had to happen. */
final class Complaints {
  private static final Pattern CODE = Pattern.compile("<Code>\\s*([^<\\s]+)\\s*</Code>");

  /** How long a server or a pool may need to notice that a call is over. */
  private static final Duration SETTLES = Duration.ofSeconds(5);

  private final ConformanceCase one;
  private final Pieces pieces;
  private final OssSimulator server;
  private final AdapterUnderTest.Client client;
  private final int requestsBefore;
  private final List<String> found = new ArrayList<>();

  Complaints(ConformanceCase one, Pieces pieces, OssSimulator server, AdapterUnderTest.Client client, int requestsBefore) {
    this.one = one;
    this.pieces = pieces;
    this.server = server;
    this.client = client;
    this.requestsBefore = requestsBefore;
  }

  void checkInterruptFlag(boolean kept) {
    boolean interrupted = one.giveUp() == ConformanceCase.GiveUp.INTERRUPT_IN_WAIT || one.giveUp() == ConformanceCase.GiveUp.INTERRUPT_IN_FLIGHT;
    if (interrupted && !kept) {
      found.add("the interrupt flag was lost");
    }
  }

  List<String> all(Ending ending, List<ExchangeReport> reports, Duration elapsed) throws InterruptedException {
    if (reports.size() != one.signing().parallel()) {
      found.add(one.signing().parallel() + " calls were reported " + reports.size() + " times");
      return found;
    }
    checkEnding(ending, reports.get(0));
    checkCounts(reports);
    checkObject();
    checkTime(elapsed);
    found.addAll(ClockComplaints.ofDates(one.expected().shortest(), server.requests().subList(requestsBefore, server.requestCount())));
    if (!settles(() -> client.connectionsInUse() == 0)) {
      found.add(client.connectionsInUse() + " connections are still in use: a response was left open");
    }
    expect("requests that had reached the server when all was over", sent(reports), arrivals());
    return found;
  }

  /** Of the calls that are made at once all but one are looked at from outside only. */
  void checkOther(@Nullable Ending ending) {
    if (ending == null || !ending.isSuccess()) {
      found.add("another call at the same time ended with " + ending);
    }
  }

  private void checkEnding(Ending ending, ExchangeReport report) {
    String[] words = one.expected().ends().split(" ", -1);
    switch (words[0]) {
      case "success" -> {
        expect("outcome", Outcome.SUCCESS, report.outcome());
        checkSuccess(ending);
      }
      case "callback" -> {
        expect("outcome", Outcome.CALLBACK_FAILED, report.outcome());
        expect("answer", "error 203 CallbackFailed", ending.response() == null ? String.valueOf(ending.thrown()) : error(ending.response(), true));
      }
      case "broken" -> {
        expect("outcome", Outcome.SUCCESS, report.outcome());
        if (!(ending.thrown() instanceof IOException)) {
          found.add("half of an answer passed for the whole");
        }
      }
      case "error" -> {
        expect("outcome", Outcome.ERROR_RESPONSE, report.outcome());
        expect("answer", one.expected().ends(), ending.response() == null ? String.valueOf(ending.thrown()) : error(ending.response(), words.length > 2));
      }
      case "doubtful" -> {
        expect("outcome", Outcome.AMBIGUOUS, report.outcome());
        String answer = "doubtful " + (ending.response() == null ? String.valueOf(ending.thrown()) : error(ending.response(), words.length > 3));
        expect("answer", one.expected().ends(), answer);
      }
      case "exception" -> checkThrown(Outcome.EXCEPTION, ending, report);
      case "ambiguous" -> {
        checkThrown(Outcome.AMBIGUOUS, ending, report);
        AmbiguousWriteException ambiguity = ending.thrown() instanceof IOException thrown ? AmbiguousWriteException.in(thrown) : null;
        boolean append = one.operation().name().startsWith("AppendObject");
        if (ambiguity == null || ambiguity instanceof AmbiguousAppendException != append) {
          found.add("no exception that says what is ambiguous in " + ending.thrown());
        }
      }
      case "integrity" -> {
        checkThrown(Outcome.EXCEPTION, ending, report);
        if (!(ending.thrown() instanceof IntegrityException)) {
          found.add("no IntegrityException, but " + ending.thrown());
        }
      }
      case "refused" -> {
        expect("outcome", ending.response() == null ? Outcome.EXCEPTION : Outcome.ERROR_RESPONSE, report.outcome());
        if (ending.response() != null && ending.response().status() != 302) {
          found.add("a redirect was followed: the answer is " + ending.response().status());
        }
      }
      case "cancelled" -> checkThrown(Outcome.CANCELLED, ending, report);
      default -> throw new IllegalStateException("'" + one.expected().ends() + "' is no ending");
    }
  }

  private void checkThrown(Outcome outcome, Ending ending, ExchangeReport report) {
    expect("outcome", outcome, report.outcome());
    if (!(ending.thrown() instanceof IOException)) {
      found.add("expected an IOException, but it ended with " + (ending.response() != null ? ending.response().status() : ending.thrown()));
    }
  }

  private void checkSuccess(Ending ending) {
    TestResponse response = ending.response();
    if (response == null) {
      found.add("expected success, but it threw " + ending.thrown());
      return;
    }
    if (response.status() / 100 != 2 || response.status() == 203) {
      found.add("expected success, but the status is " + response.status());
    }
    if (one.operation().name().startsWith("GetObject") && !Arrays.equals(pieces.before(), response.body())) {
      found.add("the caller read other bytes than are stored");
    }
    if (one.operation().name().startsWith("AppendObject")) {
      checkAcknowledgement(response);
    }
    found.addAll(SuccessComplaints.of(one.operation(), response, server.bytesOf(CaseRun.BUCKET, CaseRun.KEY)));
  }

  /** The position and checksum that an acknowledged append is answered with are those of the object just after our bytes. */
  private void checkAcknowledgement(TestResponse response) {
    byte[] stored = server.bytesOf(CaseRun.BUCKET, CaseRun.KEY);
    String expression = expectedObject();
    String upToBody = expression.replaceFirst("(body|damaged).*", "$1");
    byte[] ours = pieces.content(upToBody, server.foreignBytes(CaseRun.BUCKET, CaseRun.KEY));
    if (stored == null || ours == null) {
      return; // told by the check of the object
    }
    expect("next append position", Integer.toString(ours.length), response.header("x-oss-next-append-position"));
    String crc = response.header("x-oss-hash-crc64ecma");
    boolean knowable = one.operation().stored() <= 0 || expression.endsWith("body"); // else only what is remembered of the prefix could tell
    if (crc != null || knowable) {
      expect("CRC64", Long.toUnsignedString(Crc64.of(ours)), crc);
    }
  }

  private void checkCounts(List<ExchangeReport> reports) throws InterruptedException {
    Set<String> recorded = new LinkedHashSet<>();
    for (ExchangeReport report : reports) {
      int probes = probes(report);
      expect("attempts", one.expected().attempts(), report.attempts());
      expect("probes", one.expected().probes(), probes);
      report.events().stream().filter(event -> event.reason() != null).forEach(event -> recorded.add(String.valueOf(event.reason())));
    }
    settles(() -> arrivals() >= sent(reports));
    expect("requests that reached the server", sent(reports), arrivals());
    expect("faults that no request met", 0, server.faults().left());
    for (Fault fault : Set.copyOf(one.faults())) {
      long planned = one.faults().stream().filter(fault::equals).count();
      if (!fault.equals(Fault.none()) && !settles(() -> server.faults().happened(fault) >= planned)) {
        found.add("the fault " + fault.name() + " was planned " + planned + " times and happened " + server.faults().happened(fault));
      }
    }
    expect("recorded reasons", one.expected().recorded(), List.copyOf(recorded));
  }

  private static int probes(ExchangeReport report) {
    return (int) report.events().stream().filter(event -> event.kind() == Event.Kind.PROBE).count();
  }

  private static int sent(List<ExchangeReport> reports) {
    return reports.stream().mapToInt(report -> report.attempts() + probes(report)).sum();
  }

  /** Requests, and connections refused before there was one: somebody tried to send it. */
  private int arrivals() {
    long listed = server.requests().stream().filter(request -> Fault.refuseConnection().equals(request.fault())).count();
    return server.requestCount() - requestsBefore + server.faults().happened(Fault.refuseConnection()) - (int) listed;
  }

  private void checkObject() throws InterruptedException {
    byte[] expected = pieces.content(expectedObject(), server.foreignBytes(CaseRun.BUCKET, CaseRun.KEY));
    if (!settles(() -> Arrays.equals(expected, server.bytesOf(CaseRun.BUCKET, CaseRun.KEY)))) {
      byte[] stored = server.bytesOf(CaseRun.BUCKET, CaseRun.KEY);
      found.add("stored is " + size(stored) + ", expected " + expectedObject() + ", which is " + size(expected));
    }
  }

  private String expectedObject() {
    String object = one.expected().object();
    String untouched = one.operation().stored() < 0 ? "absent" : "before";
    return object.equals("changed") ? one.operation().changed() : object.equals("untouched") ? untouched : object;
  }

  private void checkTime(Duration elapsed) {
    Duration shortest = one.expected().shortest();
    Duration longest = one.expected().longest();
    if (shortest != null && elapsed.compareTo(shortest) < 0) {
      found.add("it was over after " + elapsed + ", sooner than " + shortest);
    }
    if (longest != null && elapsed.compareTo(longest) > 0) {
      found.add("it took " + elapsed + ", longer than " + longest);
    }
  }

  private void expect(String what, Object expected, @Nullable Object actual) {
    if (!expected.equals(actual)) {
      found.add(what + ": expected " + expected + ", but was " + actual);
    }
  }

  private static String error(TestResponse response, boolean withCode) {
    String header = response.header("x-oss-err");
    String document = header == null ? new String(response.body(), StandardCharsets.UTF_8) : new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
    Matcher code = CODE.matcher(document);
    return "error " + response.status() + (withCode ? " " + (code.find() ? code.group(1) : "(no code to read)") : "");
  }

  private static String size(byte @Nullable [] bytes) {
    return bytes == null ? "absent" : bytes.length + " bytes";
  }

  /**
   * Whether it comes true; looked at again for a while, since a call can be over before the server is through with it. Where
   * something is wrong already there is nothing to wait for.
   */
  private boolean settles(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + (found.isEmpty() ? SETTLES.toNanos() : 0);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return true;
  }
}
