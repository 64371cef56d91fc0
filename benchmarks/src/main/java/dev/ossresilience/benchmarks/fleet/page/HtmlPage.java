package dev.ossresilience.benchmarks.fleet.page;

import static dev.ossresilience.benchmarks.Xml.escape;

import dev.ossresilience.benchmarks.fleet.Result;
import dev.ossresilience.benchmarks.fleet.Results;
import dev.ossresilience.benchmarks.fleet.Story;
import dev.ossresilience.benchmarks.fleet.Way;
import dev.ossresilience.testkit.fleet.Scenario;
import java.util.List;
import java.util.Locale;

/** The whole report in one file that needs no other: HTML that is XML too, without scripts. */
public final class HtmlPage {
  private final Results results;
  private final String command;
  private final StringBuilder html = new StringBuilder();

  private HtmlPage(Results results, String command) {
    this.results = results;
    this.command = command;
  }

  /**
   * The whole file.
   *
   * @param command that writes it anew
   */
  public static String of(Results results, String command) {
    return new HtmlPage(results, command).write();
  }

  private String write() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>oss-resilience: fleet simulation</title>\n");
    html.append("<style>\n").append(Look.CHARTS).append(Look.PAGE).append("</style>\n</head>\n<body>\n").append(INTRODUCTION);
    html.append("<h2>The ways to retry</h2>\n<div class=\"wide\"><table>\n<tr><th>way to retry</th><th class=\"words\">what it does</th></tr>\n");
    for (Way way : Way.all()) {
      html.append(row(way)).append("<td>").append(escape(way.name())).append("</td><td class=\"words\">").append(escape(way.words())).append("</td></tr>\n");
    }
    html.append("</table></div>\n");
    results.stories().forEach(this::story);
    settings();
    return html.append("</body>\n</html>\n").toString();
  }

  private static String row(Way way) {
    return way.ours() ? "<tr class=\"ours\">" : "<tr>";
  }

  private void story(Story story) {
    html.append("<h2 id=\"").append(escape(story.name())).append("\">").append(escape(story.title())).append("</h2>\n<p>").append(escape(story.text())).append("</p>\n");
    if (results.clients().size() > 1) {
      html.append("<h3>By number of clients</h3>\n<p>Calls that succeed, and the time to recover. All clients together always make the same number of calls, so that each of many makes few.</p>\n");
      sizes(story);
    }
    for (int clients : results.clients()) {
      boolean first = clients == results.clients().get(0);
      html.append(first ? "" : "<details><summary>The same with " + Tables.clients(clients) + "</summary>\n");
      Charts charts = Charts.of(results, story, clients);
      html.append(charts.goodput().inPage()).append(charts.requests().inPage()).append(charts.bars().inPage());
      table(results.of(story, clients));
      html.append(first ? "" : "</details>\n");
    }
  }

  private void table(List<Result> rows) {
    html.append("<div class=\"wide\"><table>\n<tr><th>way to retry</th>");
    Tables.HEADS.forEach(head -> html.append("<th>").append(escape(head)).append("</th>"));
    html.append("</tr>\n");
    for (Result result : rows) {
      html.append(row(result.way())).append("<td>").append(escape(result.way().name())).append("</td>");
      Tables.cells(result).forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private void sizes(Story story) {
    html.append("<div class=\"wide\"><table>\n<tr><th>way to retry</th>");
    results.sizes().forEach(clients -> html.append("<th>").append(Tables.clients(clients)).append("</th>"));
    html.append("</tr>\n");
    for (Way way : Way.all()) {
      html.append(row(way)).append("<td>").append(escape(way.name())).append("</td>");
      Tables.sizes(results, story, way).forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private void settings() {
    Scenario scenario = results.stories().get(0).scenario(results.clients().get(0), results.seed());
    html.append("<h2>Settings</h2>\n<ul>\n");
    item("All clients together make %,.0f calls per second, at random times; the same times for every way to retry (seed %d, one run each).", scenario.load(), results.seed());
    item("The server works on %,.0f requests per second, one after the other; up to %,d wait, more get 503 ServiceUnavailable.", scenario.capacity(), scenario.queue());
    item("A client waits %d ms for an answer, unless its story says otherwise; the network takes %d ms each way.", scenario.timeout().toMillis(), scenario.latency().toMillis());
    item("The server goes on working on requests whose client has given up. A refusal costs it %.0f %% of a request's work.", 100 * scenario.refusalCost());
    item("In a limit's first second, and after a pause, one second's worth passes at once.");
    html.append("</ul>\n<p>Written by:</p>\n<pre><code>").append(escape(command)).append("</code></pre>\n");
  }

  private void item(String words, Object... values) {
    html.append("<li>").append(escape(String.format(Locale.ROOT, words, values))).append("</li>\n");
  }

  private static final String INTRODUCTION =
      """
      <h1>What a fleet of clients does to a server in trouble</h1>
      <p>Many clients share one account of an object store, and the store has a bad minute: how many of their calls get through depends on how
      all of them retry. Here the same calls are made seven times, each time with another way to retry, in a simulation.</p>
      <p>The clients of oss-resilience run the library's real code, in virtual time. The other ways are models that follow the published rules of
      what they are named after, and run none of its code. The server is a model too: no real object store has been measured.</p>
      <h3>How to read the charts</h3>
      <ul>
      <li><b>What gets through</b>: calls that succeed in each second. The dotted line is what callers ask for. Above it, a way catches up
      with calls that had to wait. A line at the bottom means that nobody gets anything.</li>
      <li><b>What the server has to bear</b>: requests sent per call that callers make. More than 1 means that retries add to the load, less
      than 1 that clients hold back.</li>
      <li>The <b>shaded</b> part is the trouble. What matters most is what happens after it.</li>
      </ul>
      <h3>What the figures mean</h3>
      <ul>
      <li><b>succeed</b>: calls that succeed before the run ends, of all calls. Calls that still wait at the end count as failed.</li>
      <li><b>recovery</b>: seconds after the end of the trouble until 95 % of what is asked for succeeds, for three seconds in a row and
      without a relapse of three seconds later. Whoever fails every call at once has no backlog, and recovers quickly.</li>
      <li><b>fairness</b>: Jain's index of the part of its calls that each client gets through: 1 is the same for all. It says nothing about how
      much that is: who gets nothing through for anybody is fair.</li>
      <li><b>half within, 99 % within</b>: how long successful calls took, waits included. Whoever gives up early has short times and few
      successes.</li>
      </ul>
      """;
}
