package dev.ossresilience.apache5;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.OssAppender;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** Opens objects to append to, over HttpClient. */
public final class OssAppenders {
  private OssAppenders() {}

  /**
   * Opens an object, which need not exist yet.
   *
   * @param client one of {@link OssHttpClients#wrap} for {@code endpoint}
   * @throws dev.ossresilience.append.AppendRefusedException if the object can't be appended to, or OSS answered with an error
   * @throws IOException if OSS could not be asked
   * @throws IllegalArgumentException if the client is not such a one, or the key can't be put into a URL
   */
  public static OssAppender open(CloseableHttpClient client, OssEndpoint endpoint, String bucket, String key) throws IOException {
    if (!(client instanceof OssHttpClient)) {
      throw new IllegalArgumentException("the client doesn't recover appends: pass the one that OssHttpClients.wrap returned");
    }
    String url = endpoint.urlOf(bucket, key);
    return OssAppender.open((method, query, body) -> send(client, method, query.isEmpty() ? url : url + "?" + query, body), bucket + "/" + key);
  }

  private static OssAppender.Reply send(CloseableHttpClient client, String method, String url, byte @Nullable [] body) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url));
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return client.execute(request, OssAppenders::read);
  }

  private static OssAppender.Reply read(ClassicHttpResponse response) throws IOException {
    boolean success = response.getCode() / 100 == 2;
    return new OssAppender.Reply(new ApacheResponseHead(response), success ? null : OssErrors.of(response));
  }
}
