package dev.ossresilience.examples.ship;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.AppendRefusedException;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.error.OssError;
import dev.ossresilience.okhttp.OssAppenders;
import dev.ossresilience.okhttp.OssErrors;
import java.io.IOException;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The appendable object that is shipped to, through a client that has the interceptor. */
final class Destination {
  private final OkHttpClient client;
  private final OssEndpoint endpoint;
  private final String bucket;
  private final String key;
  private @Nullable OssAppender appender;

  Destination(OkHttpClient client, OssEndpoint endpoint, String bucket, String key) {
    this.client = client;
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.key = key;
  }

  /** Where the object ends now, 0 if there is none; also finds out whether bucket and credentials are right. */
  long end() throws IOException, ShipException {
    try {
      appender = OssAppenders.open(client, endpoint, bucket, key);
      return appender.position();
    } catch (AppendRefusedException e) {
      OssError error = e.error();
      throw error == null ? ShipException.badUsage(this + " exists and can't be appended to: choose another --key") : refused(error);
    }
  }

  private ShipException refused(OssError error) {
    String what =
        switch (error.code() == null ? "" : error.code()) {
          case "NoSuchBucket" -> "bucket '" + bucket + "' does not exist at " + endpoint + ": create it, or name another with --bucket";
          case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurityToken", "SecurityTokenExpired" ->
              "OSS refused the credentials: check OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET, OSS_SESSION_TOKEN and --region";
          case "AccessDenied" -> "these credentials may not use " + this;
          default -> "OSS answered with an error";
        };
    String detail = what + " (" + error + ")";
    return error.status() < 500 ? ShipException.badUsage(detail) : ShipException.failed(detail);
  }

  /** Appends at the end found by {@link #end} or, if others were faster, after them; gives the position at which the bytes begin. */
  long append(byte[] bytes) throws IOException, ShipException {
    try {
      return Objects.requireNonNull(appender, "end() comes first").append(bytes);
    } catch (AppendRefusedException e) {
      throw ShipException.failed("OSS answered the append with " + e.error());
    }
  }

  /** Downloads from {@code start}, which isn't the object's end; the caller closes the response. */
  Response download(long start) throws IOException, ShipException {
    Request.Builder get = new Request.Builder().url(endpoint.urlOf(bucket, key)).header("Accept-Encoding", "identity");
    if (start > 0) {
      get.header("Range", "bytes=" + start + "-").header("x-oss-range-behavior", "standard");
    }
    Response response = client.newCall(get.build()).execute();
    if (response.code() != (start > 0 ? 206 : 200)) {
      try (response) {
        throw ShipException.failed("OSS answered the download with " + OssErrors.of(response));
      }
    }
    return response;
  }

  @Override
  public String toString() {
    return "oss://" + bucket + "/" + key;
  }
}
