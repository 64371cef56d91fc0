package dev.ossresilience.benchmarks.scorecard.peer;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.okhttp.OssCallFactory;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SessionCredentials;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;

/**
 * A client that is compared.
 *
 * @param name with its version where it has one
 * @param lines the name, short and broken for the head of a column
 * @param settings how it was set up, where that isn't as it comes
 * @param ours whether our middleware is in it
 */
public record Column(String name, List<String> lines, String settings, boolean ours, Opener opener) {
  private static final String REGION = "cn-hangzhou";

  /** Opens one that knows nothing yet. */
  @FunctionalInterface
  public interface Opener {
    Peer open(String endpoint, Vault vault);
  }

  /** All that are compared, ours last. */
  public static List<Column> all() {
    return List.of(
        peer("OkHttp " + OkHttp.VERSION, "OkHttp|plain", "signed once by hand", (at, vault) -> byHand(OkHttpWire.executing(OkHttpWire.builder().build()), at, vault)),
        peer("Apache HttpClient 5.6.5", "HttpClient 5|plain", "signed once by hand; its own retries are on, as they come", (at, vault) -> byHand(new HttpClientWire(HttpClientWire.builder().build()), at, vault)),
        peer("failsafe-okhttp 3.3.2", "OkHttp +|failsafe", "signed once by hand; RetryPolicy over CircuitBreaker: IOException, 429, 5xx; 5 attempts, 100 ms doubling, jitter 25 %", (at, vault) -> byHand(Repeating.failsafe(OkHttpWire.builder().build()), at, vault)),
        peer("resilience4j-retry 2.4.0 around OkHttp", "OkHttp +|resilience4j", "signed once by hand; Retry: IOException, 429, 5xx; 5 attempts, 100 ms doubling, jitter 50 %", (at, vault) -> byHand(Repeating.resilience4j(OkHttpWire.builder().build()), at, vault)),
        peer("OSS SDK for Java v1 3.18.4", "OSS SDK|v1", "V4, enableAutoCorrectClockSkew (off by default), initCRC of first appends", SdkV1::new),
        peer("OSS SDK for Java v2 0.4.0", "OSS SDK|v2", "V4, initHashCRC64 of first appends", (at, vault) -> new SdkV2(SdkV2Calls.sync(at, vault))),
        peer("OSS SDK for Java v2 0.4.0, asynchronous", "OSS SDK|v2 async", "V4, initHashCRC64 of first appends", (at, vault) -> new SdkV2(SdkV2Calls.async(at, vault))),
        ours("oss-resilience, OkHttp interceptor", "ours|OkHttp", (at, vault) -> new HttpPeer(OkHttpWire.executing(OkHttpWire.builder().addInterceptor(OssRetryInterceptor.of(oss(at, vault))).build()), at, null)),
        ours("oss-resilience, OkHttp call factory, enqueued", "ours|OkHttp async", Column::enqueued),
        ours("oss-resilience, HttpClient 5 handler", "ours|HttpClient 5", (at, vault) -> new HttpPeer(new HttpClientWire(OssHttpClients.configure(HttpClientWire.builder(), oss(at, vault)).build()), at, null)),
        ours("oss-resilience, wrapped HttpClient 5", "ours|HC 5 wrap", (at, vault) -> new HttpPeer(new HttpClientWire(OssHttpClients.wrap(HttpClientWire.builder().disableAutomaticRetries().build(), oss(at, vault))), at, null)),
        ours("oss-resilience, asynchronous HttpClient 5 handler", "ours|HC 5 async", (at, vault) -> new HttpPeer(AsyncHttpClientWire.started(OssHttpClients.configure(AsyncHttpClientWire.builder(), oss(at, vault)).build()), at, null)));
  }

  private static Column peer(String name, String lines, String settings, Opener opener) {
    return new Column(name, List.of(lines.split("\\|")), settings, false, opener);
  }

  private static Column ours(String name, String lines, Opener opener) {
    return new Column(name, List.of(lines.split("\\|")), "as it comes", true, opener);
  }

  private static Peer byHand(Wire wire, String endpoint, Vault vault) {
    Credentials held = vault.fetch();
    return new HttpPeer(wire, endpoint, OssSigner.v4(REGION, CredentialsProvider.of(held)));
  }

  private static Peer enqueued(String endpoint, Vault vault) {
    OkHttpClient client = OkHttpWire.builder().build();
    return new HttpPeer(OkHttpWire.enqueueing(client, OssCallFactory.of(client, oss(endpoint, vault))), endpoint, null);
  }

  private static OssResilience oss(String endpoint, Vault vault) {
    CredentialsProvider session = CredentialsProvider.session(() -> new SessionCredentials(vault.fetch(), Duration.ofHours(1)));
    return OssResilience.builder().endpoint(OssEndpoint.of(endpoint)).signer(OssSigner.v4(REGION, session)).build();
  }
}
