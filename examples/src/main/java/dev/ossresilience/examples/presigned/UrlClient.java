package dev.ossresilience.examples.presigned;

import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssErrors;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Uploads and downloads by URLs that somebody else signed. It has no credentials, and needs none to send again: the signature is in the
 * URL, and good until that expires.
 */
final class UrlClient implements Closeable {
  private final OkHttpClient client;

  /** {@code oss} has an endpoint and no signer. */
  UrlClient(OssResilience oss) {
    client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
  }

  /** Sends no Content-Type: one that wasn't signed would be refused. */
  void upload(Path file, String url) throws IOException {
    Request put = new Request.Builder().url(url).put(RequestBody.create(file.toFile(), null)).build();
    OssErrors.throwOnError(client.newCall(put).execute()).close();
  }

  void download(String url, Path file) throws IOException {
    Request get = new Request.Builder().url(url).header("Accept-Encoding", "identity").build();
    try (Response response = OssErrors.throwOnError(client.newCall(get).execute())) {
      Files.copy(response.body().byteStream(), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
