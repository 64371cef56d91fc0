package dev.ossresilience.examples.skewed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssErrors;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Keeps notes as objects. Nothing here knows of clocks: that they may be wrong is the interceptor's affair. */
final class Notes implements AutoCloseable {
  private final OssResilience oss;
  private final String bucket;
  private final OkHttpClient client;

  /** @param oss to be kept and shared, for it remembers the server's clock: with a new one for each call each first attempt would fail */
  Notes(OssResilience oss, String bucket) {
    this.oss = oss;
    this.bucket = bucket;
    client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
  }

  void save(String key, String text) throws IOException {
    Request put = new Request.Builder().url(oss.endpoint().urlOf(bucket, key)).put(RequestBody.create(text.getBytes(UTF_8), null)).build();
    OssErrors.throwOnError(client.newCall(put).execute()).close();
  }

  String read(String key) throws IOException {
    Request get = new Request.Builder().url(oss.endpoint().urlOf(bucket, key)).build();
    try (Response response = OssErrors.throwOnError(client.newCall(get).execute())) {
      return response.body().string();
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
