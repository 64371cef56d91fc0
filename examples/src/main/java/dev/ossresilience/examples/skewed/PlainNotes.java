package dev.ossresilience.examples.skewed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.error.OssError;
import dev.ossresilience.okhttp.OssErrors;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.time.TimeSource;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The same without the interceptor, for comparison: signs by its own clock, once, and delivers what it is answered. */
final class PlainNotes implements AutoCloseable {
  private final OkHttpClient client = new OkHttpClient();
  private final OssEndpoint endpoint;
  private final OssSigner signer;
  private final TimeSource time;

  PlainNotes(OssEndpoint endpoint, OssSigner signer, TimeSource time) {
    this.endpoint = endpoint;
    this.signer = signer;
    this.time = time;
  }

  /** What OSS has against it; null if it is saved. */
  @Nullable OssError save(String bucket, String key, String text) throws IOException {
    Request.Builder put = new Request.Builder().url(endpoint.urlOf(bucket, key)).put(RequestBody.create(text.getBytes(UTF_8), null));
    signer.sign(SigningRequest.of("PUT", bucket, key), time.wallTime()).forEach(put::header);
    try (Response response = client.newCall(put.build()).execute()) {
      return response.isSuccessful() ? null : OssErrors.of(response);
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
