package dev.ossresilience.okhttp;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.OssAppender;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Opens objects to append to, over OkHttp. */
public final class OssAppenders {
  private OssAppenders() {}

  /**
   * Opens an object, which need not exist yet.
   *
   * @param client one with an {@link OssRetryInterceptor} for {@code endpoint}, or an {@link OssCallFactory} for it
   * @throws dev.ossresilience.append.AppendRefusedException if the object can't be appended to, or OSS answered with an error
   * @throws IOException if OSS could not be asked
   * @throws IllegalArgumentException if the client lacks the interceptor, or the key can't be put into a URL
   */
  public static OssAppender open(Call.Factory client, OssEndpoint endpoint, String bucket, String key) throws IOException {
    Objects.requireNonNull(client, "client");
    String url = endpoint.urlOf(bucket, key);
    return OssAppender.open((method, query, body) -> send(client, method, query.isEmpty() ? url : url + "?" + query, body), bucket + "/" + key);
  }

  private static OssAppender.Reply send(Call.Factory client, String method, String url, byte @Nullable [] body) throws IOException {
    Request request = new Request.Builder().url(url).method(method, body == null ? null : RequestBody.create(body, null)).build();
    try (Response response = client.newCall(request).execute()) {
      if (OssRetryInterceptor.reportOf(response) == null) {
        throw new IllegalArgumentException(
            "the client has no OssRetryInterceptor for " + request.url().host() + ": add one, with that endpoint, by addInterceptor, or use an OssCallFactory");
      }
      return new OssAppender.Reply(new ResponseView(response), response.isSuccessful() ? null : OssErrors.of(response));
    }
  }
}
