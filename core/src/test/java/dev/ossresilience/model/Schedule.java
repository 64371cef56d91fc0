package dev.ossresilience.model;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.driver.BlockingDriver;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Waterfall;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A few appends through the real core against one misbehaving server, and the judgement of what came of them. */
final class Schedule {
  /** How the caller was told that an append ended. */
  enum Claim {
    STORED,
    NOT_STORED,
    UNKNOWN
  }

  /** One append: its bytes, and what was claimed of them. */
  record Append(byte[] record, Claim claim, long end) {}

  private static final CredentialsProvider CREDENTIALS = CredentialsProvider.of(Credentials.of("ak", "sk"));

  private final Random random;
  private final ModelServer server;
  private final OssResilience oss;
  private final List<Append> appends = new ArrayList<>();

  /** What happened, in detail, if {@code trace} is not null. */
  Schedule(long seed, @Nullable StringBuilder trace) {
    random = new Random(seed);
    server = new ModelServer(trace, random, random.nextDouble() * 0.9, random.nextInt(3) * 0.25);
    oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"))
            .signer(OssSigner.v4("cn-hangzhou", CREDENTIALS))
            .policy(RetryPolicy.builder().maxAttempts(1 + random.nextInt(6)).build())
            .appends(random.nextInt(4) == 0 ? AppendPolicy.exactPosition() : AppendPolicy.followEnd())
            .time(server, server)
            .random(random::nextDouble)
            .listener(report -> note(trace, report))
            .build();
  }

  private static void note(@Nullable StringBuilder trace, ExchangeReport report) {
    if (trace != null) {
      trace.append(Waterfall.text(report));
    }
  }

  /** Ships the records and lets everything still under way arrive. */
  Schedule run() throws IOException {
    long position = 0;
    for (int id = 1; id <= 4; id++) {
      // A caller that doesn't know the end asks; sometimes it is simply wrong.
      Append append = append(random.nextInt(8) == 0 ? position + random.nextInt(9) : position, record(id));
      appends.add(append);
      position = append.claim() == Claim.STORED ? append.end() : server.object.length();
    }
    server.settle();
    return this;
  }

  private Append append(long position, byte[] record) throws IOException {
    ModelBinding binding = new ModelBinding(server, position, record);
    Exchange exchange = oss.exchangeFor(binding);
    try {
      ModelServer.Response response = BlockingDriver.run(exchange, binding, oss.waiter());
      if (!response.isSuccessful()) {
        return new Append(record, Claim.NOT_STORED, -1);
      }
      long end = ServerNumbers.position(response.header("x-oss-next-append-position"));
      Long crc = ServerNumbers.crc(response.header("x-oss-hash-crc64ecma"));
      if (crc != null && crc != server.object.crc(end)) {
        throw new IllegalStateException("a response told a wrong CRC64");
      }
      return new Append(record, Claim.STORED, end);
    } catch (AmbiguousAppendException e) {
      return new Append(record, Claim.UNKNOWN, -1);
    } catch (IOException e) {
      return new Append(record, Claim.NOT_STORED, -1);
    }
  }

  /** Unique by its first bytes, of any length from 8 up, without the byte that other writers use. */
  private byte[] record(int id) {
    byte[] record = new byte[8 + random.nextInt(30)];
    for (int i = 0; i < record.length; i++) {
      record[i] = (byte) random.nextInt(100);
    }
    ByteBuffer.wrap(record).put((byte) (100 + id)).putInt(random.nextInt() & 0x3f3f3f3f);
    return record;
  }

  List<Append> appends() {
    return appends;
  }

  /** What is wrong, in words; empty if nothing is. */
  String verdict() {
    long lastEnd = 0;
    for (Append append : appends) {
      int times = server.object.occurrencesOf(append.record());
      boolean wrong =
          switch (append.claim()) {
            case STORED -> times != 1 || !server.object.holdsAt(append.end() - append.record().length, append.record()) || append.end() <= lastEnd;
            case NOT_STORED -> times != 0;
            case UNKNOWN -> times > 1;
          };
      if (wrong) {
        return "record " + (appends.indexOf(append) + 1) + " claimed " + append.claim() + " is there " + times + " times, end " + append.end();
      }
      lastEnd = Math.max(lastEnd, append.end());
    }
    return "";
  }
}
