package dev.ossresilience.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** One middleware in virtual time, and what is needed to play the driver and the server. */
final class Scene {
  static final CredentialsProvider STATIC = CredentialsProvider.of(Credentials.of("ak", "sk"));

  /** OSS's tolerance, documented. */
  private static final Duration TOLERANCE = Duration.ofMinutes(15);

  final Clocks clocks = new Clocks();
  final OssResilience oss;

  private Scene(UnaryOperator<OssResilience.Builder> settings) {
    OssResilience.Builder builder = OssResilience.builder().endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"));
    oss = settings.apply(builder).time(clocks, clocks).random(() -> 0.5).build();
  }

  static Scene with(UnaryOperator<OssResilience.Builder> settings) {
    return new Scene(settings);
  }

  static Scene signing(CredentialsProvider provider) {
    return with(builder -> builder.signer(OssSigner.v4("cn-hangzhou", provider)));
  }

  static Scene signing() {
    return signing(STATIC);
  }

  static Scene once() {
    return with(builder -> builder.signer(OssSigner.v4("cn-hangzhou", STATIC)).policy(RetryPolicy.builder().maxAttempts(1).build()));
  }

  Exchange call(Request request) {
    return Objects.requireNonNull(oss.exchangeFor(request));
  }

  static Step answer(Exchange exchange, Reply reply) {
    return exchange.responded(reply, reply.body().getBytes(UTF_8));
  }

  /** What OSS answers to an attempt of ours: that its time is too far from the server's, else that all is well. */
  Reply byTime(Step step) {
    return signedFor(step).minus(TOLERANCE).isAfter(clocks.truth()) || signedFor(step).plus(TOLERANCE).isBefore(clocks.truth())
        ? Reply.skewed(clocks.truth())
        : Reply.of(200);
  }

  static Instant signedFor(Step step) {
    String timestamp = Objects.requireNonNull(((Step.Attempt) step).edit().headers().get("x-oss-date"));
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC).parse(timestamp, Instant::from);
  }

  /** Plays a whole call against OSS's clock; how often it was sent. */
  int play(Exchange exchange) {
    int sent = 0;
    Step step = exchange.begin();
    while (step instanceof Step.Attempt) {
      sent++;
      step = answer(exchange, byTime(step));
    }
    return sent;
  }
}
