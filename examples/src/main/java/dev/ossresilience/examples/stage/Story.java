package dev.ossresilience.examples.stage;

import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.report.Waterfall;
import java.time.Duration;
import java.util.Locale;

/** What went wrong in a call and how it was mended, in words, from its report. */
final class Story {
  private final ExchangeReport report;
  private final StringBuilder words = new StringBuilder();
  private Duration waited = Duration.ZERO;
  private int sent;

  private Story(ExchangeReport report) {
    this.report = report;
  }

  /** Some lines, indented; with a picture if more than one thing happened. */
  static String of(ExchangeReport report) {
    Story story = new Story(report);
    report.events().forEach(story::tell);
    story.tellProof();
    return story.words + (report.events().size() > 1 ? Waterfall.text(report).indent(2) : "");
  }

  private void tell(Event event) {
    switch (event.kind()) {
      case WAIT -> waited = waited.plus(event.duration());
      case ATTEMPT -> line(event, sent++ == 0 ? "sent" : "sent again", answer(event));
      case PROBE -> line(event, "looked at what is there", answer(event));
      case STOP -> line(event, "gave up", event.result());
    }
  }

  private void tellProof() {
    boolean proven = !report.events().isEmpty() && report.events().get(report.events().size() - 1).kind() == Event.Kind.PROBE;
    if (proven && report.outcome() == ExchangeReport.Outcome.SUCCESS) {
      words.append("  - so it had been done already: a success, and nothing is done twice\n");
    }
  }

  private void line(Event event, String done, String result) {
    Reason reason = event.reason() != null || waited.isZero() ? event.reason() : Reason.PACED;
    String when = event.kind() == Event.Kind.STOP ? "" : waited.isZero() ? " at once" : String.format(Locale.ROOT, " %.0f ms later", waited.toNanos() / 1e6);
    words.append("  - ").append(reason == null ? done : because(reason) + done + when);
    words.append(result.isEmpty() ? "" : ": ").append(result).append('\n');
    waited = Duration.ZERO;
  }

  private static String answer(Event event) {
    return event.result().matches("\\d{3}.*") ? "answered with " + event.result() : "no answer (" + event.result() + ")";
  }

  private String because(Reason reason) {
    return switch (reason) {
      case SERVER_ERROR -> "OSS or a gateway had failed; ";
      case TRANSPORT_FAILURE -> "the connection had broken; ";
      case THROTTLED -> "OSS had asked for less; ";
      case PACED -> "OSS allows so much at a time; ";
      case BUDGET_EXHAUSTED -> "all calls together had repeated enough; ";
      case CIRCUIT_OPEN -> "too many calls had failed lately; ";
      case CLOCK_SKEW -> "the clocks differed" + difference() + "; signed by the server's time and ";
      case CREDENTIALS_REFRESHED -> "there were newer credentials; ";
      case APPEND_CONFLICT -> "another writer had been faster; ";
      case APPEND_IN_DOUBT -> "it might have been appended; ";
      case WRITE_IN_DOUBT -> "it might have been done; ";
      case INTEGRITY -> "other bytes had arrived than were sent; ";
    };
  }

  private String difference() {
    Duration skew = report.clockSkew();
    return skew == null ? "" : " by " + (skew.abs().toSeconds() + 30) / 60 + " min";
  }
}
