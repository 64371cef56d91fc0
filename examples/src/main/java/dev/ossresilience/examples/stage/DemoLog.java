package dev.ossresilience.examples.stage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** A web server's log that the program makes up, for who has none at hand. */
public final class DemoLog {
  private static final String[] PATHS = {"/", "/login", "/cart", "/api/v1/orders", "/api/v1/items?page=2", "/static/app.js"};

  private DemoLog() {}

  /** Writes {@code lines} lines to a temporary file, the same ones for the same seed; deleted when the program ends. */
  public static Path write(long seed, int lines) throws IOException {
    Path file = Files.createTempFile("demo-", ".log");
    file.toFile().deleteOnExit();
    Random random = new Random(seed);
    Instant time = Instant.parse("2026-01-15T08:00:00Z");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int i = 1; i <= lines; i++) {
        time = time.plusMillis(random.nextInt(4000));
        int status = random.nextInt(20) == 0 ? 500 : 200;
        out.write(String.format(Locale.ROOT, "%s 10.0.%d.%d GET %s %d %dms #%d%n", time, random.nextInt(256), random.nextInt(256), PATHS[random.nextInt(PATHS.length)], status, random.nextInt(900), i));
      }
    }
    return file;
  }
}
