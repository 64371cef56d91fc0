package dev.ossresilience.examples.okhttp;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.FileStore;
import dev.ossresilience.okhttp.OssErrors;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Stores files as objects with OkHttp. The interceptor is all that it takes: what goes wrong on the way it mends below these calls. */
final class OkHttpFiles implements FileStore {
  private final OkHttpClient client;
  private final OssEndpoint endpoint;

  OkHttpFiles(OssResilience oss) {
    endpoint = oss.endpoint();
    client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
  }

  /** A body over a file is read anew for each attempt; one over a stream could be sent only once. */
  @Override
  public void upload(Path file, String bucket, String key) throws IOException {
    Request put = new Request.Builder().url(endpoint.urlOf(bucket, key)).put(RequestBody.create(file.toFile(), null)).build();
    OssErrors.throwOnError(client.newCall(put).execute()).close();
  }

  /** What breaks after the response's head has come isn't mended: the copy then fails, and is to be asked for again. */
  @Override
  public void download(String bucket, String key, Path file) throws IOException {
    Request get = new Request.Builder()
        .url(endpoint.urlOf(bucket, key))
        .header("Accept-Encoding", "identity") // or OkHttp asks for gzip, and a length is no longer there to be checked
        .build();
    try (Response response = OssErrors.throwOnError(client.newCall(get).execute())) {
      Files.copy(response.body().byteStream(), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A program that goes on keeps its client instead, and shares it. */
  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
