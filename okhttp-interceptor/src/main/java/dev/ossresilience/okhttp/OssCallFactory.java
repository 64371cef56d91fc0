package dev.ossresilience.okhttp;

import dev.ossresilience.OssResilience;
import dev.ossresilience.time.Scheduler;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Makes calls that sign, repeat and recover themselves, and that hold no thread and no slot of the dispatcher while they wait. For OkHttp
 * 4.12 and 5. Requests to other hosts than the endpoint's are the client's own calls. Thread-safe.
 *
 * <p>Each attempt is a call of the client's: its pool, its dispatcher, its interceptors and its event listener see one for each, the
 * interceptors behind our signature. {@code Dispatcher.cancelAll} sees those under way and gives their calls up, but not calls that wait:
 * these end by {@link Call#cancel}. A call timeout applies to all of a call together, from the moment its first attempt has a slot, and so
 * does the policy's total timeout; whichever passes first ends it. A redirect of a signed request is delivered, not followed.
 *
 * <p>A callback is called on a thread of the dispatcher's.
 */
public final class OssCallFactory implements Call.Factory {
  private final OkHttpClient client;
  private final OssResilience oss;
  private final AttemptClients clients;

  private OssCallFactory(OkHttpClient client, OssResilience oss) {
    this.client = Objects.requireNonNull(client, "client");
    this.oss = Objects.requireNonNull(oss, "oss");
    this.clients = new AttemptClients(client);
  }

  /**
   * A factory over a client. What waits for its calls is {@link OssResilience.Builder#scheduler}'s, by default {@link Scheduler#system}.
   *
   * @throws IllegalArgumentException if the client has an {@link OssRetryInterceptor} that does the same: each attempt would be many
   */
  public static OssCallFactory of(OkHttpClient client, OssResilience oss) {
    if (client.interceptors().stream().anyMatch(one -> one instanceof OssRetryInterceptor retrying && retrying.isFor(oss))) {
      throw new IllegalArgumentException("the client has an OssRetryInterceptor for " + oss.endpoint() + ": use that or the factory");
    }
    return new OssCallFactory(client, oss);
  }

  @Override
  public Call newCall(Request request) {
    boolean isToOss = oss.endpoint().targetOf(new RequestView(request)) != null;
    return isToOss ? new OssCall(client, clients, oss, request) : client.newCall(request);
  }
}
