package dev.ossresilience.examples.storm;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.Limits;
import dev.ossresilience.testkit.OssSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The load on a simulator with a limit, the same for each manner of its clients.
 *
 * @param atOnce how many uploads each client has under way at any time
 * @param limit how many requests per second the simulator allows all of them together
 */
record Storm(Machine machine, int clients, int atOnce, int limit, int seconds, long seed) {
  private static final Duration FRAME = Duration.ofMillis(100);

  private static final int NO_LIMIT = 1_000_000;

  /** The same for a second and without a limit: who comes first shall not be the one that the virtual machine learns the code with. */
  Storm rehearsal() {
    return new Storm(machine, clients, atOnce, NO_LIMIT, 1, seed);
  }

  /** Lets it rage for all seconds, before an OSS that has seen no request yet. */
  Score rage(Manner manner, Chart chart) throws IOException {
    try (OssSimulator server = start()) {
      List<BusyClient> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(client(server, manner, i));
      }
      long begin = machine.time().nanoTime();
      try {
        all.forEach(client -> beginAll(client));
        draw(server, chart, begin);
      } finally {
        all.forEach(BusyClient::stop);
      }
      double took = (machine.time().nanoTime() - begin) / 1e9;
      List<Integer> stored = all.stream().map(client -> client.stored().size()).toList();
      int missing = (int) all.stream().flatMap(client -> client.stored().stream()).filter(key -> server.bytesOf(SimulatedOss.BUCKET, key) == null).count();
      int failed = all.stream().mapToInt(BusyClient::failed).sum();
      return new Score(manner, stored, Count.of(server).refused(), failed, missing, limit * (took + 1));
    }
  }

  private OssSimulator start() {
    return OssSimulator.builder()
        .region(SimulatedOss.REGION)
        .credentials(SimulatedOss.CREDENTIALS)
        .bucket(SimulatedOss.BUCKET)
        .limits(Limits.builder().requestsPerSecond(limit).build())
        .time(machine.time())
        .start();
  }

  private BusyClient client(OssSimulator server, Manner manner, int index) {
    OssResilience oss =
        manner
            .apply(OssResilience.builder())
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS)))
            .time(machine.time(), machine.waiter())
            .random(new Random(seed + index)::nextDouble)
            .build();
    return new BusyClient(oss, SimulatedOss.BUCKET, "storm/" + index + "/", atOnce);
  }

  private void beginAll(BusyClient client) {
    for (int i = 0; i < atOnce; i++) {
      client.next();
    }
  }

  private void draw(OssSimulator server, Chart chart, long begin) throws IOException {
    Count before = Count.NONE;
    for (int second = 1; second <= seconds; second++) {
      long end = begin + TimeUnit.SECONDS.toNanos(second);
      for (long left = end - machine.time().nanoTime(); left > 0; left = end - machine.time().nanoTime()) {
        await(Math.min(left, FRAME.toNanos()));
        chart.grow(second, Count.of(server).since(before));
      }
      Count now = Count.of(server);
      chart.add(second, now.since(before));
      before = now;
    }
  }

  private void await(long nanos) throws IOException {
    try {
      machine.waiter().await(nanos, () -> false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
