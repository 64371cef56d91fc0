package dev.ossresilience.apache5;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.report.ExchangeReport;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The context and configuration one call runs with: the caller's, without redirects. Not thread-safe, as contexts are not. */
final class CallContext {
  /** That of most calls, made once. */
  private static final RequestConfig DEFAULT = withoutRedirects(RequestConfig.DEFAULT);

  private final @Nullable HttpContext callers;
  private final @Nullable RequestConfig callersConfig;
  private final @Nullable RequestConfig config;
  private final boolean oneAfterAnother;
  private @Nullable HttpClientContext attempt;
  private @Nullable HttpRequest before;

  /** {@code oneAfterAnother} says whether the client is through with an attempt when the next one begins, even if it was given up. */
  private CallContext(@Nullable HttpContext callers, @Nullable RequestConfig callersConfig, boolean oneAfterAnother) {
    this.callers = callers;
    this.callersConfig = callersConfig;
    this.oneAfterAnother = oneAfterAnother;
    this.config = callersConfig == RequestConfig.DEFAULT ? DEFAULT : callersConfig == null ? null : withoutRedirects(callersConfig);
  }

  private static RequestConfig withoutRedirects(RequestConfig config) {
    return config.isRedirectsEnabled() ? RequestConfig.copy(config).setRedirectsEnabled(false).build() : config;
  }

  /** What the caller wants to be different for one call. */
  static OssCallOptions options(@Nullable HttpContext context) {
    Object options = context == null ? null : context.getAttribute(OssCallOptions.class.getName());
    return options instanceof OssCallOptions found ? found : OssCallOptions.none();
  }

  /** Finds the configuration where HttpClient would find it: in the request, the context, or the client. */
  static CallContext of(ClassicHttpRequest request, @Nullable HttpContext context, HttpClient delegate) {
    RequestConfig found = request instanceof Configurable configurable ? configurable.getConfig() : null;
    if (found == null && context != null) {
      found = HttpClientContext.cast(context).getRequestConfig();
    }
    if (found == null && delegate instanceof Configurable configurable) {
      found = configurable.getConfig();
    }
    return new CallContext(context, found == null ? RequestConfig.DEFAULT : found, true);
  }

  /** The same for an asynchronous client, which shows its own configuration to nobody: null is then all that is known of it. */
  static CallContext of(HttpRequest request, @Nullable HttpContext context) {
    RequestConfig found = request instanceof Configurable configurable ? configurable.getConfig() : null;
    if (found == null && context != null) {
      found = HttpClientContext.cast(context).getRequestConfig();
    }
    return new CallContext(context, found, false);
  }

  /** A call that runs in a client's execution chain: {@code context} is set up already. */
  static CallContext in(HttpClientContext context) {
    return new CallContext(context, context.getRequestConfigOrDefault(), false);
  }

  /** What attempts and probes are configured with; null for the client's own defaults, whatever they are. */
  @Nullable RequestConfig config() {
    return config;
  }

  /**
   * What the next attempt runs in: the caller's own context if there is one, so that the caller finds in it what the client leaves there.
   * Else one for all attempts where that can be: instrumentation knows by it that they belong together.
   */
  HttpClientContext forAttempt() {
    if (callers != null) {
      attempt = HttpClientContext.cast(callers);
    } else if (oneAfterAnother && attempt instanceof Arrivals again) {
      again.count = 0;
    } else {
      attempt = new Arrivals();
    }
    before = attempt.getRequest();
    if (config != null) {
      attempt.setRequestConfig(config); // a copied request carries none
    }
    return attempt;
  }

  /** The last attempt's request as it was sent, or was about to be; null if it didn't come to that, or nobody knows. */
  @Nullable HttpRequest sent() {
    HttpRequest last = attempt == null ? null : attempt.getRequest();
    return last == before ? null : last;
  }

  /** Whether the last attempt was sent with its body held back until the server wants it, or answers without. */
  boolean sentExpecting() {
    HttpRequest last = sent();
    Header expect = last == null ? null : last.getFirstHeader(HttpHeaders.EXPECT);
    return expect != null && "100-continue".equalsIgnoreCase(expect.getValue());
  }

  /** How often the last attempt came to where HttpClient sends it; 0 if nobody knows, for the context is the caller's. */
  int arrivals() {
    return attempt instanceof Arrivals counting ? counting.count : 0;
  }

  /** The last attempt is over, and nothing of it is asked for any more. */
  void idle() {
    attempt = null;
    before = null;
  }

  /** What a probe runs in: knows what the caller's context knows, and leaves no trace in it. */
  HttpClientContext forProbe() {
    HttpClientContext probe = new HttpClientContext(callers == null && oneAfterAnother ? attempt : callers);
    if (config != null) {
      probe.setRequestConfig(config);
    }
    if (callers != null) {
      HttpClientContext known = HttpClientContext.cast(callers);
      probe.setAuthSchemeRegistry(known.getAuthSchemeRegistry());
      probe.setAuthCache(known.getAuthCache());
      probe.setCookieSpecRegistry(known.getCookieSpecRegistry());
      probe.setCookieStore(known.getCookieStore());
      probe.setCredentialsProvider(known.getCredentialsProvider());
      probe.setUserToken(known.getUserToken());
    }
    return probe;
  }

  /** Leaves a report where the caller finds it, or null for none yet. */
  void report(@Nullable ExchangeReport report) {
    if (callers != null) {
      callers.setAttribute(OssHttpClients.REPORT_ATTRIBUTE, report);
    }
  }

  /** Undoes after an attempt what HttpClient does: it keeps a request's configuration in the context, for requests to come. */
  void restore() {
    if (callers != null && callersConfig != null) {
      HttpClientContext.cast(callers).setRequestConfig(callersConfig);
    }
  }

  /** Counts the client's own repetitions: each time it comes to where it sends a request it leaves the route here. */
  private static final class Arrivals extends HttpClientContext {
    private int count;

    @Override
    public void setRoute(HttpRoute route) {
      count++;
      super.setRoute(route);
    }
  }
}
