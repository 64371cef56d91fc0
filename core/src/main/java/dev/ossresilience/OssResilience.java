package dev.ossresilience;

import dev.ossresilience.append.PrefixCrcs;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.error.ErrorClassifier;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ExchangeSettings;
import dev.ossresilience.exchange.Listeners;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.load.Breakers;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.report.OssListener;
import dev.ossresilience.signing.ClockSkew;
import dev.ossresilience.signing.CorrectedClock;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How calls to one OSS endpoint are signed, repeated and recovered. Immutable but for what it learns (the server's clock, checksums
 * of objects appended to); thread-safe. Create one per account and endpoint and share it among all HTTP clients.
 */
public final class OssResilience {
  private final OssEndpoint endpoint;
  private final ExchangeSettings settings;
  private final Waiter waiter;
  private final Scheduler scheduler;

  private OssResilience(OssEndpoint endpoint, ExchangeSettings settings, Waiter waiter, Scheduler scheduler) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.waiter = waiter;
    this.scheduler = scheduler;
  }

  /** Everything but the endpoint has a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** The endpoint whose requests are taken care of; all others pass untouched. */
  public OssEndpoint endpoint() {
    return endpoint;
  }

  /** What has to be added to the local clock to get the server's; zero until the server complained. */
  public Duration clockOffset() {
    return settings.skew().offset();
  }

  /** The server's time by our best knowledge, in UTC: for whoever signs requests further down. */
  public Clock clock() {
    return new CorrectedClock(settings.time(), settings.skew(), ZoneOffset.UTC);
  }

  /**
   * A URL that makes a request on an object without any other signature, for whoever has it.
   *
   * @param method in upper case, for example {@code GET}
   * @param validity how long the URL is good, by the corrected clock; with V4 at most 7 days
   * @throws IllegalStateException if there is no signer, or nothing can be signed now: no credentials, an impossible clock
   * @throws IllegalArgumentException if the key can't be put into a URL, or the URL can't be good for that long
   */
  public String presign(String method, String bucket, String key, Duration validity) {
    return presign(SigningRequest.of(method, bucket, key), validity);
  }

  /**
   * The same for a request with query parameters, or with headers that are signed: who uses the URL must send those.
   *
   * @throws IllegalStateException if there is no signer, or nothing can be signed now: no credentials, an impossible clock
   * @throws IllegalArgumentException if the request is not for an object, or as above
   */
  public String presign(SigningRequest request, Duration validity) {
    OssSigner signer = settings.signer();
    if (signer == null) {
      throw new IllegalStateException("there is no signer to presign with: call OssResilience.builder().signer(OssSigner.v4(...))");
    }
    if (request.bucket() == null || request.key() == null) {
      throw new IllegalArgumentException("only requests for an object can be presigned: " + request);
    }
    String url = endpoint.urlOf(request.bucket(), request.key());
    SigningRequest withHost = request.withHeader("host", URI.create(url).getRawAuthority());
    Query query = signer.presign(withHost, Credentials.from(signer.credentials()), clock().instant(), validity);
    return url + "?" + query.encoded();
  }

  /** For bindings: a new exchange for a request, or null if it doesn't go to this endpoint. */
  public @Nullable Exchange exchangeFor(RequestHead request) {
    return exchangeFor(request, OssCallOptions.none());
  }

  /**
   * For bindings: the same with settings of the call's own.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public @Nullable Exchange exchangeFor(RequestHead request, OssCallOptions options) {
    OssEndpoint.Target target = endpoint.targetOf(request);
    return target == null ? null : new Exchange(settings, request, target, options);
  }

  /** What keeps the load in bounds: for metrics. */
  public LoadControl load() {
    return settings.load();
  }

  /**
   * The pace in force for a kind of limit, the slowest where several scopes of it are paced: in bytes per second for uploads and downloads,
   * for concurrency the number of attempts that may be under way, else in requests per second; NaN while nothing is held back.
   */
  public double pace(ThrottleScope kind) {
    return settings.load().pace(kind, settings.time().nanoTime());
  }

  /** For bindings: how the blocking driver waits. */
  public Waiter waiter() {
    return waiter;
  }

  /** For bindings: what the driver of calls that hold no thread waits and works with. */
  public Scheduler scheduler() {
    return scheduler;
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "OssResilience[" + endpoint + ", " + settings.policy() + ", " + settings.appends() + ", signer=" + (settings.signedDownstream() ? "downstream" : settings.signer()) + "]";
  }

  /** Not thread-safe. */
  public static final class Builder {
    /** In bytes: some hundred calls at a time must still fit into a heap of usual size. */
    private static final long MAX_BUFFERED_BYTES = 64L << 20;

    /** What the fleet simulation shows to be enough for bad luck and too little for a storm: see docs/load-control.md. */
    private static final double BUDGET_RATIO = 0.1;

    private static final int BUDGET_RESERVE = 4;

    private @Nullable OssEndpoint endpoint;
    private @Nullable OssSigner signer;
    private boolean signedDownstream;
    private RetryPolicy policy = RetryPolicy.defaults();
    private AppendPolicy appends = AppendPolicy.followEnd();
    private boolean uploadIntegrity = true;
    private long bufferedBodyBytes;
    private @Nullable RetryBudget budget;
    private boolean paced = true;
    private @Nullable CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private @Nullable RetryRegistry retries;
    private ErrorCatalogue catalogue = ErrorCatalogue.standard();
    private @Nullable ErrorClassifier classifier;
    private Listeners listeners = Listeners.none();
    private TimeSource time = TimeSource.system();
    private Waiter waiter = Waiter.system();
    private @Nullable Scheduler scheduler;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder() {}

    /** Required: where OSS answers. */
    public Builder endpoint(OssEndpoint endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Signs every attempt anew, but for presigned URLs. Without a signer requests go out as they come: one that came signed can't be
     * signed again when the clock is wrong; then the skew is measured, and {@link dev.ossresilience.report.ExchangeReport#clockSkew} tells it.
     */
    public Builder signer(OssSigner signer) {
      this.signer = Objects.requireNonNull(signer, "signer");
      this.signedDownstream = false;
      return this;
    }

    /**
     * Something behind the binding signs every attempt anew, by {@link OssResilience#clock}: an interceptor that comes after ours, for
     * example. Sending again after a correction of the clock is then enough.
     */
    public Builder signedDownstream() {
      this.signer = null;
      this.signedDownstream = true;
      return this;
    }

    /** How often and how long; the default is {@link RetryPolicy#defaults}. */
    public Builder policy(RetryPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** What a proven conflict of an append leads to; the default is {@link AppendPolicy#followEnd}. */
    public Builder appends(AppendPolicy appends) {
      this.appends = Objects.requireNonNull(appends, "appends");
      return this;
    }

    /**
     * Whether the CRC64 of what is put, appended or uploaded in parts is computed while it goes out and compared with the one that OSS
     * answers with; it is, unless switched off here. What differs is put once more if it can be, and else ends with an {@link
     * dev.ossresilience.crc.IntegrityException}. An append is compared where the CRC64 of what lies before it is known.
     */
    public Builder uploadIntegrity(boolean compared) {
      this.uploadIntegrity = compared;
      return this;
    }

    /**
     * Reads request bodies that can be read only once, and announce a length of up to {@code bytes}, into memory before the first attempt:
     * they can then be sent again like others. The default is 0: none is. Longer ones, and those of unknown length, stay one-shot: they
     * are sent once, and the first failure that may have touched them is delivered. The memory is held until the call ends; the time that
     * the reading takes counts towards no total timeout. A body that can't be read, or isn't as long as it announces, fails its call with
     * an {@link java.io.IOException}, and nothing is sent.
     *
     * @throws IllegalArgumentException unless {@code bytes} is from 0 to 64 MiB: longer bodies are better uploaded in parts
     */
    public Builder bufferOneShotBodiesUpTo(long bytes) {
      if (bytes < 0 || bytes > MAX_BUFFERED_BYTES) {
        throw new IllegalArgumentException("bytes must be from 0, to buffer nothing, to " + MAX_BUFFERED_BYTES + " (64 MiB): " + bytes);
      }
      this.bufferedBodyBytes = bytes;
      return this;
    }

    /**
     * How much all calls together may repeat; the default is one repetition per ten calls, counted over ten seconds, and a reserve of four
     * for programs that make few calls: see {@link RetryBudget#ratio(double, int)}.
     * {@link RetryBudget#unlimited} switches it off.
     */
    public Builder retryBudget(RetryBudget budget) {
      this.budget = Objects.requireNonNull(budget, "budget");
      return this;
    }

    /**
     * Whether calls wait for their turn once OSS has refused some because of a limit, at the pace that it has shown to allow; they do,
     * unless switched off here.
     */
    public Builder pacing(boolean paced) {
      this.paced = paced;
      return this;
    }

    /**
     * Where the endpoint's circuit breaker is kept, and shows up on dashboards: as {@code oss-} and the endpoint's host, with the
     * registry's configuration {@code oss} if it has one. By default it is in a registry of its own.
     */
    public Builder circuitBreakers(CircuitBreakerRegistry registry) {
      this.breakers = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /** Sends to an endpoint however much of it fails. */
    public Builder withoutCircuitBreaker() {
      this.breakers = null;
      return this;
    }

    /** Where attempts are counted, and show up on dashboards: as {@code oss-} and the endpoint's host. By default nowhere. */
    public Builder retries(RetryRegistry registry) {
      this.retries = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /** What error codes mean; the default is {@link ErrorCatalogue#standard}, which can be added to. */
    public Builder catalogue(ErrorCatalogue catalogue) {
      this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
      return this;
    }

    /** An opinion of your own on what went wrong, heard before the catalogue's; none by default. */
    public Builder classifier(ErrorClassifier classifier) {
      this.classifier = Objects.requireNonNull(classifier, "classifier");
      return this;
    }

    /** One more to be told of every call's end; nobody by default. */
    public Builder listener(ExchangeListener listener) {
      this.listeners = listeners.withEnds(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** One more to be told of all that happens, ends included; nobody by default. */
    public Builder events(OssListener listener) {
      this.listeners = listeners.withEvents(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** For tests: other clocks and another way to wait than this machine's. */
    public Builder time(TimeSource time, Waiter waiter) {
      this.time = Objects.requireNonNull(time, "time");
      this.waiter = Objects.requireNonNull(waiter, "waiter");
      return this;
    }

    /**
     * What waits for calls that hold no thread, and does between their attempts what may block for a moment; by default one daemon thread
     * for each of that, while there is something to do. {@link Scheduler#of} makes one of an executor of yours.
     */
    public Builder scheduler(Scheduler scheduler) {
      this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
      return this;
    }

    /** For tests: the source of jitter, giving numbers in [0, 1). */
    public Builder random(DoubleSupplier random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalStateException if the endpoint is missing
     */
    public OssResilience build() {
      if (endpoint == null) {
        throw new IllegalStateException("endpoint is missing: call endpoint(OssEndpoint.of(\"https://oss-cn-hangzhou.aliyuncs.com\"))");
      }
      String name = "oss-" + endpoint.host();
      LoadControl load =
          new LoadControl(
              budget == null ? RetryBudget.ratio(BUDGET_RATIO, BUDGET_RESERVE, time) : budget,
              paced,
              breakers == null ? null : Breakers.in(breakers, name, time),
              time.nanoTime());
      ErrorModel errors = new ErrorModel(catalogue, classifier);
      ForkJoinPool.commonPool().execute(errors::warmUp); // so that the first error doesn't wait for classes to load
      ExchangeSettings settings =
          new ExchangeSettings(
              errors,
              policy,
              appends,
              uploadIntegrity,
              bufferedBodyBytes,
              signer,
              signedDownstream,
              new ClockSkew(),
              new PrefixCrcs(),
              retries == null ? Attempts.counter(policy) : Attempts.counter(policy, retries, name),
              load,
              time,
              random,
              listeners);
      return new OssResilience(endpoint, settings, waiter, scheduler == null ? Scheduler.system() : scheduler);
    }
  }
}
