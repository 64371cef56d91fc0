package dev.ossresilience.benchmarks.scorecard.peer;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OSS's operations written by hand over an HTTP client: what a program has that uses no SDK. Where the client has no middleware in it, each
 * request is signed once before it is sent, by the host's clock, as such programs do.
 *
 * @param signer null where the client signs by itself
 */
record HttpPeer(Wire wire, String endpoint, @Nullable OssSigner signer) implements Peer {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  @Override
  public Told put(String key, Body body) {
    return call("PUT", key, new Query(List.of()), Map.of(), body);
  }

  @Override
  public Told putIfAbsent(String key, Body body) {
    return call("PUT", key, new Query(List.of()), Map.of("x-oss-forbid-overwrite", "true"), body);
  }

  @Override
  public Told putWithCallback(String key, Body body, String url) {
    String json = "{\"callbackUrl\":\"" + url + "\",\"callbackBody\":\"s=${size}\"}";
    String callback = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return call("PUT", key, new Query(List.of()), Map.of("x-oss-callback", callback), body);
  }

  @Override
  public Told get(String key) {
    return call("GET", key, new Query(List.of()), Map.of(), null);
  }

  @Override
  public Told head(String key) {
    return call("HEAD", key, new Query(List.of()), Map.of(), null);
  }

  @Override
  public Told append(String key, long position, Body body) {
    return call("POST", key, Query.parse("append&position=" + position), Map.of(), body);
  }

  @Override
  public Told delete(String key) {
    return call("DELETE", key, new Query(List.of()), Map.of(), null);
  }

  @Override
  public Told startUpload(String key) {
    return call("POST", key, Query.parse("uploads"), Map.of(), Body.of(new byte[0]));
  }

  @Override
  public Told part(String key, String uploadId, int number, Body body) {
    return call("PUT", key, Query.parse("partNumber=" + number + "&uploadId=" + PercentEncoding.encode(uploadId, false)), Map.of(), body);
  }

  @Override
  public Told complete(String key, String uploadId, List<String> etags) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < etags.size(); i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>").append(etags.get(i)).append("</ETag></Part>");
    }
    byte[] bytes = xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
    return call("POST", key, Query.parse("uploadId=" + PercentEncoding.encode(uploadId, false)), Map.of(), Body.of(bytes));
  }

  private Told call(String method, String key, Query query, Map<String, String> headers, @Nullable Body body) {
    Map<String, String> all = new TreeMap<>(headers);
    if (signer != null) {
      all.putAll(signer.sign(new SigningRequest(method, BUCKET, key, query, new TreeMap<>(headers)), Instant.now()));
      all.values().removeIf(String::isEmpty);
    }
    String url = OssEndpoint.of(endpoint).urlOf(BUCKET, key) + (query.parameters().isEmpty() ? "" : "?" + query.encoded());
    try {
      return told(method, wire.send(new Wire.Message(method, url, all, body)));
    } catch (IOException | RuntimeException e) {
      return Told.failed(e);
    }
  }

  private static Told told(String method, Wire.Reply reply) {
    if (reply.status() < 200 || reply.status() > 299) {
      return Told.refused(reply.status(), ErrorParser.standard().parse(reply, reply.body()).code(), null);
    }
    if (reply.status() == 203) { // in the caller's hands: whoever looks at the status knows
      return new Told(true, 203, "CallbackFailed", "", reply.body(), null);
    }
    if (method.equals("GET")) {
      return Told.read(reply.status(), reply.body());
    }
    Matcher started = UPLOAD_ID.matcher(new String(reply.body(), StandardCharsets.UTF_8));
    return Told.done(reply.status(), started.find() ? started.group(1) : method.equals("HEAD") ? reply.header("content-length") : reply.header("etag"));
  }

  @Override
  public void close() {
    wire.close();
  }
}
