package dev.ossresilience.testkit;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Prints how fast the simulator starts and how many small signed requests it answers per second on two kept connections. */
final class SpeedProgram {
  private static final int THREADS = 2;
  private static final int ROUNDS = 6;
  private static final int REQUESTS = 10_000;

  private SpeedProgram() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 3; i++) {
      long before = System.nanoTime();
      OssSimulator.builder().start().close();
      System.out.printf("start and close %d: %d ms%n", i, (System.nanoTime() - before) / 1_000_000);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (OssSimulator oss = OssSimulator.builder().start()) {
      for (int round = 0; round < ROUNDS; round++) {
        long before = System.nanoTime();
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          String key = "k" + i;
          clients.add(() -> putAndGet(oss, key));
        }
        int answered = 0;
        for (Future<Integer> client : threads.invokeAll(clients)) {
          answered += client.get();
        }
        System.out.printf("round %d: %,d requests/s%n", round, answered * 1_000_000_000L / (System.nanoTime() - before));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Signs once per method: it is the server that is measured. */
  private static int putAndGet(OssSimulator oss, String key) throws IOException {
    try (RawClient client = new RawClient(oss, Instant::now)) {
      SortedMap<String, String> put = signed("PUT", key);
      SortedMap<String, String> get = signed("GET", key);
      String body = "x".repeat(100);
      int answered = 0;
      for (int i = 0; i < REQUESTS / 2; i++) {
        answered += client.exchange("PUT", "/logs/" + key, put, body).status() == 200 ? 1 : 0;
        answered += client.exchange("GET", "/logs/" + key, get, null).body().equals(body) ? 1 : 0;
      }
      return answered;
    }
  }

  private static SortedMap<String, String> signed(String method, String key) {
    SigningRequest request = new SigningRequest(method, "logs", key, Query.parse(""), new TreeMap<>());
    OssSigner signer = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk")));
    return new TreeMap<>(signer.sign(request, Instant.now()));
  }
}
