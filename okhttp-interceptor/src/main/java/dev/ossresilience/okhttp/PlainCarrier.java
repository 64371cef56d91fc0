package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp before 5.4, where an interceptor has to live with its client's settings. What must not be repeated goes out with a one-shot
 * body, which such an OkHttp doesn't repeat either; where that isn't enough, nothing is sent by a client with the wrong settings.
 */
final class PlainCarrier implements Carrier {
  private final Interceptor.Chain chain;
  private final Exchange exchange;
  private final @Nullable OkHttpClient client;
  private final boolean isLast;
  private @Nullable TracedBody body;
  private @Nullable Response response;
  private boolean connectionFailed;

  PlainCarrier(Interceptor.Chain chain, Exchange exchange, Interceptor ours) throws IOException {
    this.chain = chain;
    this.exchange = exchange;
    this.client = clientOf(chain.call());
    this.isLast = client != null && isLast(client, ours);
    refuseWhatOnlySettingsPrevent();
  }

  private void refuseWhatOnlySettingsPrevent() throws IOException {
    boolean secret = !exchange.mayFollowRedirects();
    boolean once = exchange.isBodyOneShotBelow();
    if (client == null) {
      if (secret || once) {
        throw new IOException(
            "the request was not sent, because the OkHttpClient it belongs to can't be seen, and so not whether that follows redirects"
                + " of signed requests: use OkHttp 5.4 or later, or OssCallFactory");
      }
      return;
    }
    if (secret && client.followRedirects()) {
      throw new IOException(
          "the request was not sent, because this client would follow a redirect of it and carry its signature elsewhere: with OkHttp"
              + " before 5.4 build the client with followRedirects(false) and followSslRedirects(false), or use OssCallFactory");
    }
    if (once && !isLast && client.retryOnConnectionFailure()) {
      throw new IOException(
          "the request was not sent, because an interceptor behind OssRetryInterceptor might replace its body by one that this client"
              + " would send twice: with OkHttp before 5.4 add OssRetryInterceptor last and no network interceptor, or build the client"
              + " with retryOnConnectionFailure(false), or use OssCallFactory");
    }
  }

  /** The client is nothing that an interceptor is meant to see: null where it can't be seen. */
  private static @Nullable OkHttpClient clientOf(Call call) {
    try {
      return call.getClass().getMethod("getClient").invoke(call) instanceof OkHttpClient client ? client : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  /** Whether nothing lies between us and OkHttp's own code; our interceptors for other endpoints send nothing of their own. */
  private static boolean isLast(OkHttpClient client, Interceptor ours) {
    List<Interceptor> all = client.interceptors();
    int at = all.indexOf(ours);
    return at >= 0 && client.networkInterceptors().isEmpty() && all.stream().skip(at).allMatch(OssRetryInterceptor.class::isInstance);
  }

  @Override
  public @Nullable AttemptBody prepare(@Nullable RequestBody next) {
    body = next == null ? null : new TracedBody(next, exchange.isBodyOneShotBelow(), exchange.checksBody());
    return body;
  }

  @Override
  public Response send(Request request) throws IOException {
    response = null;
    if (connectionFailed && client != null) {
      client.connectionPool().evictAll(); // else there need to be as many attempts as it holds stale connections
    }
    try {
      response = RetryAfter.readable(chain, guarded(request));
      return response;
    } catch (IOException e) {
      connectionFailed = true;
      throw e;
    }
  }

  /** OkHttp repeats a request without a body whatever its method: where HTTP allows a body, one of no bytes stands in for none. */
  private static Request guarded(Request request) {
    if (request.body() != null || request.method().equals("GET") || request.method().equals("HEAD")) {
      return request;
    }
    AttemptBody nothing = new AttemptBody(RequestBody.create(new byte[0], null), true, false);
    return request.newBuilder().method(request.method(), nothing).build();
  }

  /** Those after an answer show in the response, those after a failure only if a body was written again: never of a GET or HEAD. */
  @Override
  public int repeats() {
    int answers = 0;
    for (Response prior = response == null ? null : response.priorResponse(); prior != null; prior = prior.priorResponse()) {
      answers++;
    }
    return Math.max(answers, body == null ? 0 : body.sends() - 1);
  }

  @Override
  public boolean isSeen() {
    return isLast; // there is nobody else whom it could have gone to
  }

  /** A body that nobody began to read may have been sent in another form all the same, if there is anybody to do so. */
  @Override
  public boolean isBodyReplaced() {
    return body != null && (body.isStarted() ? body.isDuplex() || !body.isSentAsItIs() : !isLast);
  }
}
