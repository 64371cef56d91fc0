package dev.ossresilience.examples.writers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.okhttp.OssAppenders;
import dev.ossresilience.okhttp.OssErrors;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.policy.AppendPolicy;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A log that several programs append to, each with one of these. A record is stored as a whole, once, after those that were written before it
 * through the same object; other writers' records may lie between.
 */
final class SharedLog implements AutoCloseable {
  private final OkHttpClient client;
  private final String url;
  private final OssAppender appender;

  private SharedLog(OkHttpClient client, String url, OssAppender appender) {
    this.client = client;
    this.url = url;
    this.appender = appender;
  }

  /** Opens the object, which need not exist yet. */
  static SharedLog open(OssResilience.Builder settings, OssEndpoint endpoint, String bucket, String key) throws IOException {
    OssResilience oss =
        settings
            .endpoint(endpoint)
            .appends(AppendPolicy.followEnd()) // the default: who finds others' bytes where its own should go appends after them
            .build();
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    return new SharedLog(client, endpoint.urlOf(bucket, key), OssAppenders.open(client, endpoint, bucket, key));
  }

  /**
   * Appends a record; when this returns it is stored.
   *
   * @return where it begins
   * @throws dev.ossresilience.append.AmbiguousAppendException if it can't be known whether it is stored: the caller looks, and doesn't just
   *     write it again
   * @throws IOException of any other kind: it is not stored
   */
  long write(String record) throws IOException {
    return appender.append(record.getBytes(UTF_8));
  }

  /** The whole log as it is now. */
  byte[] read() throws IOException {
    try (Response response = OssErrors.throwOnError(client.newCall(new Request.Builder().url(url).build()).execute())) {
      return response.body().bytes();
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
