package dev.ossresilience.examples.skewed;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.error.OssError;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Waterfall;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Saves notes with a clock that is wrong, with {@link Notes}. */
@Command(
    name = "skewed",
    mixinStandardHelpOptions = true,
    description = {
      "Saves notes on a simulated OSS from a laptop whose clock is wrong, first with a plain client, then with ours.",
      "OSS tolerates 15 minutes. A call beyond that is refused, corrected and sent again at once; all later calls are right at first."
    },
    footer = {"", "Nothing here is random: there is no --seed.", "Exit status: 0 all notes are saved; 1 one isn't, or a call failed; 2 bad usage."})
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class SkewedCommand implements Callable<Integer> {
  /** What a signature's date and the library's trust in a server's clock both allow. */
  private static final Duration MOST = Duration.ofDays(365);

  private static final int CALLS = 5;

  private final Machine machine;
  @Spec private CommandSpec spec;

  @Option(
      names = "--skew",
      paramLabel = "TIME",
      converter = Skew.Reader.class,
      description = "How far the laptop's clock is ahead, such as 1h, 90m or, behind, -1h; at most 8760h (default: ${DEFAULT-VALUE}).",
      defaultValue = "1h")
  private Skew skew;

  /** Everything the command touches besides sockets is handed in. */
  public SkewedCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws IOException {
    if (skew.ahead().abs().compareTo(MOST) > 0) {
      throw new ParameterException(spec.commandLine(), "--skew " + Skew.words(skew.ahead()) + " must be between -8760h and 8760h");
    }
    try (OssSimulator server = SimulatedOss.start(machine.time())) {
      out().println("Simulated OSS at " + server.endpoint() + ", whose clock is right. This laptop's is " + skew + ".");
      TimeSource laptop = skew.clockOf(machine.time());
      OssSigner signer = OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS));
      tellPlain(OssEndpoint.of(server.endpoint()), signer, laptop);
      return tellOurs(server, signer, laptop);
    }
  }

  private void tellPlain(OssEndpoint endpoint, OssSigner signer, TimeSource laptop) throws IOException {
    out().println();
    out().println("A plain client signs by the laptop's clock:");
    try (PlainNotes notes = new PlainNotes(endpoint, signer, laptop)) {
      for (String again : List.of("", ", and again")) {
        OssError error = notes.save(SimulatedOss.BUCKET, "notes/plain.txt", "hello");
        String answer = error == null ? "200" : error.status() + " " + error.code();
        out().println("  PutObject of " + SimulatedOss.BUCKET + "/notes/plain.txt" + again + " -> " + answer);
      }
    }
  }

  private int tellOurs(OssSimulator server, OssSigner signer, TimeSource laptop) throws IOException {
    List<ExchangeReport> reports = new ArrayList<>();
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(signer)
            .listener(reports::add)
            .time(laptop, machine.waiter()) // the only line that a program with a wrong clock of its own doesn't need
            .build();
    int saved = 0;
    try (Notes notes = new Notes(oss, SimulatedOss.BUCKET)) {
      for (int i = 1; i <= CALLS; i++) {
        notes.save("notes/" + i + ".txt", "note " + i);
        tellCall(oss, reports.get(i - 1), i == 1);
      }
      int attempts = reports.stream().mapToInt(ExchangeReport::attempts).sum();
      for (int i = 1; i <= CALLS; i++) {
        saved += notes.read("notes/" + i + ".txt").equals("note " + i) ? 1 : 0;
      }
      out().println();
      String offset = Skew.words(oss.clockOffset());
      out().println("RESULT calls=" + CALLS + " attempts=" + attempts + " offset=" + offset + " saved=" + saved + " verified=" + (saved == CALLS));
    }
    return saved == CALLS ? 0 : 1;
  }

  private void tellCall(OssResilience oss, ExchangeReport report, boolean first) {
    if (first) {
      out().println();
      out().println("With oss-resilience, the first call (# attempt):");
      out().print(Waterfall.text(report).indent(2));
      boolean learned = !oss.clockOffset().isZero();
      String lesson = learned ? "It has learned that the server's clock is " + new Skew(oss.clockOffset()) : "It had nothing to learn: OSS tolerates 15 minutes";
      out().println(lesson + ". Later calls:");
    } else {
      out().println("  " + report.subject() + " -> " + report.outcome() + " at attempt " + report.attempts());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
