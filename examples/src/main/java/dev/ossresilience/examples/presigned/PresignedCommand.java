package dev.ossresilience.examples.presigned;

import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.FileOption;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.RoundTrip;
import dev.ossresilience.examples.stage.Stage;
import dev.ossresilience.examples.stage.StageOptions;
import dev.ossresilience.examples.stage.Troubles;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.OssServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One side has the credentials and signs URLs, the other, {@link UrlClient}, has only these. */
@Command(
    name = "presigned",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads a file by a presigned URL, with a client that has no credentials, downloads it by another and compares.",
      "Then it tries one that has expired, which is refused and not repeated.",
      "Without --endpoint it goes to a simulated OSS, where each of the two calls meets faults; what they were, and how they were mended, is told."
    },
    footer = {
      "", "Exit status: 0 the same came back, and the expired URL was refused; 1 not so, or a call failed; 2 bad usage.", StageOptions.REAL_OSS
    })
public final class PresignedCommand implements Callable<Integer> {
  /** Long enough for all attempts and waits of a call: by then it can't be signed again. */
  private static final Duration VALIDITY = Duration.ofMinutes(10);

  /** The least there is. */
  private static final Duration SHORT_VALIDITY = Duration.ofSeconds(1);

  /** Signatures know whole seconds, and the clock of a real OSS may be a little behind. */
  private static final Duration UNTIL_EXPIRED = Duration.ofSeconds(3);

  @Mixin private final StageOptions options;
  @Mixin private final FileOption file = new FileOption();

  public PresignedCommand(Machine machine) {
    options = new StageOptions(machine);
  }

  @Override
  public Integer call() throws IOException {
    Path path = file.path();
    Path copy = Files.createTempFile("copy-", ".tmp");
    try (Stage stage = options.open();
        UrlClient client = new UrlClient(stage.ossWithoutCredentials())) {
      OssResilience signs = stage.oss();
      String key = file.key(stage);
      String put = signs.presign("PUT", stage.bucket(), key, VALIDITY);
      String title = "Uploading " + path + " (" + Files.size(path) + " bytes) by PUT " + PresignedUrls.redacted(put);
      stage.act(title, Troubles.OF_PRESIGNED_UPLOADS, () -> client.upload(path, put));
      String get = signs.presign("GET", stage.bucket(), key, VALIDITY);
      stage.act("Downloading by GET " + PresignedUrls.redacted(get), Troubles.OF_DOWNLOADS, () -> client.download(get, copy));
      boolean same = RoundTrip.compare(stage, path, copy) == 0;
      String expiring = signs.presign("GET", stage.bucket(), key, SHORT_VALIDITY);
      stage.await(UNTIL_EXPIRED);
      return isRefused(stage, client, expiring) && same ? 0 : 1;
    } finally {
      Files.delete(copy);
    }
  }

  private static boolean isRefused(Stage stage, UrlClient client, String url) throws IOException {
    Path nothing = Files.createTempFile("nothing-", ".tmp");
    try {
      String title = "Downloading " + UNTIL_EXPIRED.toSeconds() + " s later by GET " + PresignedUrls.redacted(url);
      stage.act(title, List.of(), () -> client.download(url, nothing));
      stage.say("NOT REFUSED, although it has expired.");
      return false;
    } catch (OssServiceException e) {
      if (e.error().status() != 403) {
        throw e;
      }
      ExchangeReport report = e.report();
      stage.say("  What the program gets to know: " + e.getMessage());
      boolean once = report != null && report.attempts() == 1;
      stage.say("");
      stage.say("REFUSED: it has expired" + (once ? ", and asking again wouldn't help: 1 attempt." : "; but it was ASKED AGAIN."));
      return once;
    } finally {
      Files.delete(nothing);
    }
  }
}
