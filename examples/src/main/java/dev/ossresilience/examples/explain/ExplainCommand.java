package dev.ossresilience.examples.explain;

import dev.ossresilience.error.CatalogueEntry;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains an error code, or an error body saved to a file. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Tells what an OSS error code, or an error body saved to a file, means, whether it is retried, and what to do.",
    footer = {"", "Exit status: 0 explained; 1 the code is not known; 2 bad usage."})
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CODE|FILE", description = "For example RequestTimeTooSkewed, 503, or error.xml.")
  private String what;

  @Option(names = "--status", description = "The HTTP status a saved body came with (default: that of its code).")
  private int status;

  @Override
  public Integer call() {
    Path file = Path.of(what);
    if (Files.isRegularFile(file)) {
      return explainFile(file);
    }
    CatalogueEntry entry = known(what);
    if (entry == null) {
      List<String> similar = similar(what);
      spec.commandLine().getErr().println(
          "explain: nobody knows a code '" + what + "', and there is no such file"
              + (similar.isEmpty() ? "; docs/errors.md lists all codes" : "; did you mean " + String.join(" or ", similar) + "?"));
      return 1;
    }
    print(entry, entry.solution());
    return 0;
  }

  private int explainFile(Path file) {
    byte[] body;
    try (InputStream in = Files.newInputStream(file)) {
      body = in.readNBytes(ErrorParser.MAX_BODY_BYTES);
    } catch (IOException e) {
      spec.commandLine().getErr().println("explain: " + file + " can't be read: " + e.getMessage());
      return 2;
    }
    OssError error = ErrorParser.standard().parse(new SavedResponse(status), body);
    if (error.code() == null) {
      spec.commandLine().getErr().println("explain: " + file + " holds no error of OSS" + (status == 0 ? "; with --status it can be judged by that" : ""));
      if (status == 0) {
        return 1;
      }
    }
    line("code", error.code());
    line("message", error.redactedMessage());
    line("request id", error.requestId());
    line("host", error.hostId());
    line("EC", error.ec());
    print(error.known(), error.solution());
    return 0;
  }

  private static @Nullable CatalogueEntry known(String code) {
    ErrorCatalogue catalogue = ErrorCatalogue.standard();
    CatalogueEntry entry = catalogue.entry(code);
    if (entry == null && code.matches("[1-5]\\d\\d")) {
      return ErrorParser.standard().parse(new SavedResponse(Integer.parseInt(code)), new byte[0]).known();
    }
    return entry;
  }

  private static List<String> similar(String code) {
    String wanted = code.toLowerCase(Locale.ROOT);
    return ErrorCatalogue.standard().entries().stream()
        .map(CatalogueEntry::code)
        .filter(known -> known.toLowerCase(Locale.ROOT).contains(wanted) || wanted.contains(known.toLowerCase(Locale.ROOT)))
        .limit(3)
        .toList();
  }

  private void print(CatalogueEntry entry, String solution) {
    line("known as", entry.code() + " (HTTP " + String.join(", ", entry.statuses().stream().map(String::valueOf).toList()) + ")");
    line("OSS says", entry.message());
    line("why", entry.cause());
    line("what to do", solution);
    line("verdict", words(entry.verdict()) + (entry.scope() == null ? "" : ", limit on " + words(entry.scope())));
    line("effect", effect(entry));
    line("retried", retried(entry));
  }

  private static String effect(CatalogueEntry entry) {
    return switch (entry.effect()) {
      case NOT_APPLIED -> "the request was certainly not executed";
      case UNKNOWN -> "the request may have been executed all the same";
      case APPLIED -> "the request was executed";
    };
  }

  private static String retried(CatalogueEntry entry) {
    String ifSafe =
        switch (entry.effect()) {
          case NOT_APPLIED -> "for every operation";
          case UNKNOWN, APPLIED -> "for operations that are safe to repeat, and appends";
        };
    return switch (entry.verdict()) {
      case TRANSIENT -> "yes, after a short wait, " + ifSafe;
      case THROTTLED -> "yes, after a longer wait, " + ifSafe;
      case CLOCK_SKEWED -> "yes, once, at once, signed by the server's time";
      case CREDENTIALS_REJECTED -> "yes, once, at once, if the CredentialsProvider has other credentials";
      case APPEND_CONFLICT -> "appends only, after finding out whose bytes are there";
      case CALLBACK_FAILED -> "never: the object is stored";
      case INTEGRITY, PERHAPS_DONE, FATAL -> "no: the response is returned as it came";
    };
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void line(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      spec.commandLine().getOut().println(String.format("%-11s %s", name, value.replaceAll("\\p{Cntrl}", " ")));
    }
  }
}
