package dev.ossresilience.model;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.append.PrefixCrcs;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.driver.BlockingDriver;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ExchangeSettings;
import dev.ossresilience.exchange.Listeners;
import dev.ossresilience.model.Schedule.Told;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.Waterfall;
import dev.ossresilience.signing.ClockSkew;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Appends through the real core. What doesn't differ between schedules is shared by them. */
final class CoreWriter implements Schedule.Writer {
  private static final OssEndpoint ENDPOINT = OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com");
  private static final ErrorModel ERRORS = new ErrorModel(ErrorCatalogue.standard(), null);

  private final ModelServer server;
  private final Plan plan;
  private final ExchangeSettings settings;

  CoreWriter(ModelServer server, Plan plan, @Nullable StringBuilder trace) {
    this.server = server;
    this.plan = plan;
    Plan.Setup setup = plan.setup();
    RetryPolicy policy = RetryPolicy.builder().maxAttempts(setup.maxAttempts()).totalTimeout(Duration.ofMillis(setup.totalMillis())).build();
    AppendPolicy appends = setup.followEnd() ? AppendPolicy.followEnd() : AppendPolicy.exactPosition();
    SplittableRandom jitter = new SplittableRandom(~plan.seed());
    Provider provider = new Provider(server);
    this.settings =
        new ExchangeSettings(
            ERRORS,
            policy,
            appends.withMaxVerifyBytes(setup.maxVerifyBytes()),
            true,
            0,
            setup.realSignatures() ? OssSigner.v4("cn-hangzhou", provider) : new QuickSigner(provider),
            false,
            new ClockSkew(),
            new PrefixCrcs(),
            Attempts.counter(policy),
            LoadControl.none(),
            server,
            jitter::nextDouble,
            trace == null ? Listeners.none() : Listeners.none().withEnds(report -> trace.append(Waterfall.text(report))));
  }

  @Override
  public Told append(Sending sending) {
    ModelBinding binding = new ModelBinding(server, sending);
    Exchange exchange = new Exchange(settings, binding, Objects.requireNonNull(ENDPOINT.targetOf(binding)));
    Told told = told(exchange, binding, sending);
    if (Thread.interrupted() != sending.interrupted) {
      sending.violation = "the interrupt flag is lost, or was set by nobody";
    }
    return told;
  }

  private Told told(Exchange exchange, ModelBinding binding, Sending sending) {
    try {
      boolean callsBack = (plan.seed() & 1) == 0; // every other schedule, so that one million serves both drivers
      ModelServer.Response response =
          callsBack ? new CallingBack(server, sending, binding).run(exchange) : BlockingDriver.run(exchange, binding, server);
      checkCounts(sending);
      return response.isSuccessful() ? stored(response, sending) : Told.NOT_STORED;
    } catch (IOException e) {
      checkCounts(sending);
      return AmbiguousAppendException.in(e) == null ? Told.NOT_STORED : Told.UNKNOWN;
    }
  }

  private Told stored(ModelServer.Response response, Sending sending) {
    Long end = ServerNumbers.position(response.header("x-oss-next-append-position"));
    Long crc = ServerNumbers.crc(response.header("x-oss-hash-crc64ecma"));
    if (end == null) {
      sending.violation = "a success doesn't tell the next position";
      return Told.UNKNOWN;
    }
    if (crc != null && !server.wasEver(end, crc)) {
      sending.violation = "a response told a wrong CRC64";
    }
    return Told.stored(end);
  }

  /** Each attempt is one of those allowed or follows a move, and each move needs others to have written; each can be looked into once. */
  private void checkCounts(Sending sending) {
    int attempts = plan.setup().maxAttempts();
    int moves = 1 + 2 * (sending.posts + sending.probes) + sending.id;
    if (sending.posts > attempts + moves || sending.probes > (sending.posts + 1) * (4 + attempts)) {
      sending.violation = sending.posts + " attempts and " + sending.probes + " questions";
    }
  }

  /** Learns the new token only when it is asked to. */
  private static final class Provider implements CredentialsProvider {
    private final ModelServer server;
    private Credentials known;

    Provider(ModelServer server) {
      this.server = server;
      this.known = new Credentials("ak", "sk", server.token());
    }

    @Override
    public Credentials current() {
      return known;
    }

    @Override
    public boolean refresh(Credentials refused, Duration atMost) {
      if (atMost.isZero()) {
        return false; // nobody waits for this thread any more: what it did would come at a moment that no seed decides
      }
      known = new Credentials("ak", "sk", server.token());
      return true;
    }
  }

  /** Carries time and token without the cryptography, which would take most of a schedule's time. */
  private record QuickSigner(CredentialsProvider credentials) implements OssSigner {
    @Override
    public Map<String, String> sign(SigningRequest request, Credentials credentials, Instant time) {
      return Map.of("x-model-time", Long.toString(time.toEpochMilli()), "x-oss-security-token", String.valueOf(credentials.securityToken()));
    }
  }
}
