package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.request.FlatJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Calls an application on this machine, and never anything else: a test must not reach out into the network. */
final class CallbackCall {
  /** OSS waits no longer. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Addresses of this machine, written so that nobody needs to be asked what they mean; OkHttp strips the brackets of IPv6. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1");

  private static final String UNREACHABLE = "Error status : -1.OSS can not connect to your callbackUrl, please check it.";

  /** The application's JSON, or what went wrong. */
  record Reply(@Nullable ByteString json, String problem) {}

  private CallbackCall() {}

  static Reply post(String url, String type, String body) {
    HttpUrl parsed = HttpUrl.parse(url.contains("://") ? url : "http://" + url);
    if (parsed == null || !LOOPBACK.matcher(parsed.host()).matches()) {
      return new Reply(null, UNREACHABLE);
    }
    Request request =
        new Request.Builder().url(parsed).post(RequestBody.create(ByteString.encodeUtf8(body).toByteArray(), MediaType.get(type))).build();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .callTimeout(LIMIT)
            .readTimeout(LIMIT)
            .followRedirects(false) // to where, nobody knows
            .retryOnConnectionFailure(false)
            .proxy(Proxy.NO_PROXY)
            .dns(host -> List.of(InetAddress.getLoopbackAddress())) // "localhost" only
            .build();
    try (Response response = client.newCall(request).execute()) {
      byte[] answer = response.body().bytes();
      if (response.code() != 200) {
        return new Reply(null, "Error status : " + response.code() + ".");
      }
      return FlatJson.isJson(answer) ? new Reply(ByteString.of(answer), "") : new Reply(null, "Response body is not valid json format.");
    } catch (InterruptedIOException e) {
      return new Reply(null, "Cost too long time");
    } catch (IOException e) {
      return new Reply(null, UNREACHABLE);
    } finally {
      client.connectionPool().evictAll();
    }
  }
}
