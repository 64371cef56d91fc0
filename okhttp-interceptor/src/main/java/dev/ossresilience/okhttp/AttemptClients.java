package dev.ossresilience.okhttp;

import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * Clients that send what a factory's calls consist of: the user's, with its pool, dispatcher and interceptors, but that they follow no
 * redirect and repeat nothing where that could do harm, and let us see what goes out.
 */
final class AttemptClients {
  private final OkHttpClient[] clients = new OkHttpClient[4];

  AttemptClients(OkHttpClient client) {
    OkHttpClient.Builder watched = client.newBuilder().callTimeout(Duration.ZERO); // each attempt gets what is left of the call's
    watched.interceptors().add(0, AttemptsBinding::enter);
    watched.addInterceptor(chain -> RetryAfter.readable(chain, chain.request())).addNetworkInterceptor(AttemptsBinding::lookAtLastForm);
    for (int i = 0; i < clients.length; i++) {
      OkHttpClient.Builder builder = watched.build().newBuilder();
      if (!isRedirecting(i)) {
        builder.followRedirects(false).followSslRedirects(false);
      }
      if (!isRepeating(i)) {
        builder.retryOnConnectionFailure(false);
      }
      clients[i] = builder.build();
    }
  }

  private static boolean isRedirecting(int index) {
    return (index & 1) != 0;
  }

  private static boolean isRepeating(int index) {
    return (index & 2) != 0;
  }

  OkHttpClient client(boolean mayRedirect, boolean mayRepeat, boolean onNewConnection) {
    OkHttpClient client = clients[(mayRedirect ? 1 : 0) + (mayRepeat ? 2 : 0)];
    return onNewConnection ? client.newBuilder().dns(new NewConnectionDns(client.dns())).build() : client;
  }
}
