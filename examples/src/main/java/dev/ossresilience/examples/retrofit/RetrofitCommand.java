package dev.ossresilience.examples.retrofit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.Stage;
import dev.ossresilience.examples.stage.StageOptions;
import dev.ossresilience.examples.stage.Troubles;
import dev.ossresilience.report.OssServiceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts, gets, appends and deletes by {@link OssObjects}. */
@Command(
    name = "retrofit",
    mixinStandardHelpOptions = true,
    description = {
      "Puts an object by a Retrofit interface, gets and deletes it, then appends records in its place and reads them back.",
      "Without --endpoint all that happens in a simulated OSS, where calls meet faults; what they were, and how they were mended, is told."
    },
    footer = {"", "Exit status: 0 everything is as it was written; 1 it isn't, or a call failed; 2 bad usage.", StageOptions.REAL_OSS})
public final class RetrofitCommand implements Callable<Integer> {
  /** What it leaves there is overwritten by the next run. */
  private static final String KEY = "retrofit/demo.txt";

  private static final List<String> RECORDS = List.of("first record\n", "second record\n");

  @Mixin private final StageOptions options;

  public RetrofitCommand(Machine machine) {
    options = new StageOptions(machine);
  }

  @Override
  public Integer call() throws IOException {
    OkHttpClient client = new OkHttpClient();
    try (Stage stage = options.open()) {
      OssObjects objects = OssObjects.of(client, stage.oss(), stage.bucket());
      boolean right = putGetDelete(stage, objects) && append(stage, objects);
      stage.say("");
      stage.say(right ? "RIGHT: what was read is what was written, each record once." : "WRONG: what was read isn't what was written.");
      return right ? 0 : 1;
    } finally {
      client.connectionPool().evictAll();
    }
  }

  private static boolean putGetDelete(Stage stage, OssObjects objects) throws IOException {
    stage.act("Putting oss://" + stage.bucket() + "/" + KEY, Troubles.OF_UPLOADS, () -> OssObjects.send(objects.put(KEY, body("hello"))));
    boolean same = read(stage, objects).equals("hello");
    stage.act("Deleting it", Troubles.OF_DELETIONS, () -> OssObjects.send(objects.delete(KEY)));
    return same && isGone(stage, objects);
  }

  private static boolean isGone(Stage stage, OssObjects objects) throws IOException {
    try {
      stage.act("Getting it, although it is gone", List.of(), () -> OssObjects.send(objects.get(KEY)).body().close());
      return false;
    } catch (OssServiceException e) {
      stage.say("  What the program gets to know: " + e.getMessage());
      return "NoSuchKey".equals(e.error().code());
    }
  }

  private static boolean append(Stage stage, OssObjects objects) throws IOException {
    long position = 0;
    for (String record : RECORDS) {
      long here = position;
      String title = "Appending \"" + record.strip() + "\" at position " + here;
      position = stage.ask(title, Troubles.OF_APPENDS, () -> OssObjects.nextPosition(OssObjects.send(objects.append(KEY, here, body(record)))));
    }
    return read(stage, objects).equals(String.join("", RECORDS));
  }

  private static String read(Stage stage, OssObjects objects) throws IOException {
    return stage.ask("Getting it", Troubles.OF_DOWNLOADS, () -> OssObjects.send(objects.get(KEY)).body().string());
  }

  private static RequestBody body(String text) {
    return RequestBody.create(text.getBytes(UTF_8), null);
  }
}
