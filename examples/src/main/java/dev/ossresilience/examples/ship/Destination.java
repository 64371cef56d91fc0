package dev.ossresilience.examples.ship;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.error.OssError;
import dev.ossresilience.okhttp.OssErrors;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The appendable object that is shipped to, through a client that has the interceptor. */
final class Destination {
  private final OkHttpClient client;
  private final OssEndpoint endpoint;
  private final String bucket;
  private final String key;

  Destination(OkHttpClient client, OssEndpoint endpoint, String bucket, String key) {
    this.client = client;
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.key = key;
  }

  /** Where the object ends now, 0 if there is none; also finds out whether bucket and credentials are right. */
  long end() throws IOException, ShipException {
    try (Response response = client.newCall(request("").head().build()).execute()) {
      String next = response.header("x-oss-next-append-position");
      if (response.isSuccessful() && next != null) {
        return Long.parseLong(next);
      }
      if (response.isSuccessful()) {
        throw ShipException.badUsage(this + " exists and can't be appended to: choose another --key");
      }
      OssError error = OssErrors.of(response);
      if (error.status() == 404 && !"NoSuchBucket".equals(error.code())) {
        return 0;
      }
      throw refused(error);
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

  /** Appends at {@code position} or, if others were faster, after them; gives the position behind the bytes. */
  long append(long position, byte[] bytes) throws IOException, ShipException {
    Request append = request("?append&position=" + position).post(RequestBody.create(bytes, null)).build();
    try (Response response = client.newCall(append).execute()) {
      String next = response.header("x-oss-next-append-position");
      if (!response.isSuccessful() || next == null) {
        throw ShipException.failed("OSS answered the append with " + OssErrors.of(response));
      }
      return Long.parseLong(next);
    }
  }

  /** Downloads from {@code start}, which isn't the object's end; the caller closes the response. */
  Response download(long start) throws IOException, ShipException {
    Request.Builder get = request("").get().header("Accept-Encoding", "identity");
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

  private Request.Builder request(String query) {
    return new Request.Builder().url(endpoint.urlOf(bucket, key) + query);
  }

  @Override
  public String toString() {
    return "oss://" + bucket + "/" + key;
  }
}
