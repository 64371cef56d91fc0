package dev.ossresilience.benchmarks.scorecard.script;

import dev.ossresilience.benchmarks.scorecard.peer.Peer;
import dev.ossresilience.benchmarks.scorecard.peer.Told;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a script plays with: one client, one simulator of its own, bytes that nobody else writes. */
final class Stage {
  static final String KEY = "app.log";

  final OssSimulator server;
  final Peer peer;
  final byte[] ours;
  private int requests;
  private long nanos;

  Stage(OssSimulator server, Peer peer, long seed) {
    this.server = server;
    this.peer = peer;
    this.ours = line(seed);
  }

  /** Some text of which no part is like another. */
  private static byte[] line(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("ours");
    while (text.length() < 4000) {
      text.append(' ').append(Integer.toHexString(random.nextInt()));
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One call, whose requests and time count, under these faults. */
  Told under(List<Fault> faults, Supplier<Told> call) {
    server.faults().next(faults.toArray(Fault[]::new));
    int before = server.requestCount();
    long begin = System.nanoTime();
    Told told = call.get();
    nanos += System.nanoTime() - begin;
    requests += server.requestCount() - before;
    server.faults().none();
    server.deliverHeldRequests();
    return told;
  }

  /** What it takes before the call that counts. */
  String prepared(Told told) {
    if (!told.success()) {
      throw new IllegalStateException("the preparation failed: " + told.words(), told.failure());
    }
    return told.value();
  }

  byte @Nullable [] stored() {
    return server.bytesOf(Peer.BUCKET, KEY);
  }

  int requests() {
    return requests;
  }

  long millis() {
    return nanos / 1_000_000;
  }
}
