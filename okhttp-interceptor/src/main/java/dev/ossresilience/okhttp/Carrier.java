package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Carries what one call sends, one request after the other, through the part of OkHttp that lies behind our interceptor. */
interface Carrier {
  /** Whether an interceptor can override its client's settings for one call and watch what the call sends: since OkHttp 5.4. */
  boolean CAN_OVERRIDE =
      has(Interceptor.Chain.class, "withCookieJar", CookieJar.class) && has(Call.class, "addEventListener", EventListener.class);

  /**
   * The carrier for this version of OkHttp.
   *
   * @throws IOException if it might send a secret elsewhere, and can't be kept from it
   */
  static Carrier of(Interceptor.Chain chain, Exchange exchange, Interceptor ours) throws IOException {
    return CAN_OVERRIDE ? new OverridingCarrier(chain, exchange) : new PlainCarrier(chain, exchange, ours);
  }

  private static boolean has(Class<?> type, String method, Class<?> parameter) {
    try {
      type.getMethod(method, parameter);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** The body of the request that is sent next, null if it has none. */
  @Nullable AttemptBody prepare(@Nullable RequestBody body);

  /** Sends a request with the body that was prepared. */
  Response send(Request request) throws IOException;

  /** How often OkHttp sent the last request again by itself, as far as it shows. */
  int repeats();

  /** Whether the last request is known to have gone to the server, with the body that was prepared. */
  boolean isSeen();

  /** Whether something else than the body that was prepared may have gone out with the last request. */
  boolean isBodyReplaced();
}
