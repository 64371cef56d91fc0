package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssResilience;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SessionCredentials;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Who signs the requests of a case, how, and with what. */
final class CaseSigning {
  private static final Credentials FIRST = new Credentials("STS.first", "first-secret", "first-token");
  private static final Credentials SECOND = new Credentials("STS.second", "second-secret", "second-token");

  /** How long a presigned URL and the credentials of a session are good. */
  private static final Duration VALIDITY = Duration.ofHours(1);

  /** Longer than any machine stands still. */
  private static final long GIVE_UP_SECONDS = 20;

  private final ConformanceCase.Signing settings;
  private final VirtualTime time;
  private final OssSigner signer;
  private volatile CountDownLatch together = new CountDownLatch(0);

  CaseSigning(ConformanceCase.Signing settings, VirtualTime time) {
    this.settings = settings;
    this.time = time;
    CredentialsProvider provider = provider();
    this.signer = settings.signer().equals("v1") ? OssSigner.v1(provider) : OssSigner.v4("cn-hangzhou", provider);
  }

  private CredentialsProvider provider() {
    AtomicInteger fetched = new AtomicInteger();
    return switch (settings.credentials()) {
      case "fixed" -> CredentialsProvider.of(Credentials.of("ak", "sk"));
      case "expired", "replaced" ->
          CredentialsProvider.session(() -> new SessionCredentials(fetched.getAndIncrement() == 0 ? FIRST : SECOND, VALIDITY));
      case "expired for good" -> CredentialsProvider.of(FIRST);
      case "expired, the source fails" ->
          CredentialsProvider.session(
              () -> {
                if (fetched.getAndIncrement() > 0) {
                  throw new IllegalStateException("there are no others");
                }
                return new SessionCredentials(FIRST, VALIDITY);
              });
      default -> throw new IllegalStateException("'" + settings.credentials() + "' is no way to have credentials");
    };
  }

  void apply(OssResilience.Builder builder) {
    if (!settings.signer().equals("none")) {
      builder.signer(new Together());
    }
  }

  /** Lets the server accept what is in force while a case is prepared. */
  void prepare(OssSimulator server) {
    if (!settings.credentials().equals("fixed")) {
      server.credentials(FIRST);
    }
  }

  /** From here on the case happens: credentials end now, and as many calls as are made at once sign before the first is sent. */
  void begin(OssSimulator server) {
    if (settings.credentials().startsWith("expired")) {
      server.credentials(FIRST, SECOND);
      server.tokenExpires(String.valueOf(FIRST.securityToken()), Instant.EPOCH);
    } else if (settings.credentials().equals("replaced")) {
      server.credentials(SECOND);
    }
    together = new CountDownLatch(settings.parallel());
  }

  /** The request as its caller sends it: perhaps signed already. */
  TestRequest sent(TestRequest request) {
    return switch (settings.sent()) {
      case "unsigned" -> request;
      case "signed" -> withHeaders(request, signer.sign(toSign(request), time.wallTime()));
      case "presigned" -> {
        Query query = signer.presign(toSign(request), signer.credentials().current(), time.wallTime(), VALIDITY);
        String url = request.uri().toString();
        int mark = url.indexOf('?');
        URI presigned = URI.create((mark < 0 ? url : url.substring(0, mark)) + "?" + query.encoded());
        yield new TestRequest(request.method(), presigned, request.headers(), request.body(), request.oneShot());
      }
      default -> throw new IllegalStateException("'" + settings.sent() + "' is no way to send a request");
    };
  }

  private static SigningRequest toSign(TestRequest request) {
    String path = request.uri().getPath();
    String key = path.substring(path.indexOf('/', 1) + 1);
    return new SigningRequest(request.method(), CaseRun.BUCKET, key, Query.parse(request.uri().getRawQuery()), new TreeMap<>(request.headers()));
  }

  private static TestRequest withHeaders(TestRequest request, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.putAll(more);
    return new TestRequest(request.method(), request.uri(), headers, request.body(), request.oneShot());
  }

  /** Holds signed requests back until all calls that are made at once have theirs. */
  private final class Together implements OssSigner {
    @Override
    public CredentialsProvider credentials() {
      return signer.credentials();
    }

    @Override
    public Map<String, String> sign(SigningRequest request, Credentials credentials, Instant at) {
      Map<String, String> headers = signer.sign(request, credentials, at);
      together.countDown();
      try {
        if (!together.await(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("not as many calls were made at once as planned");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return headers;
    }
  }
}
