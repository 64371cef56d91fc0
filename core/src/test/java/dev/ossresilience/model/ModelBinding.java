package dev.ossresilience.model;

import dev.ossresilience.driver.ClientBinding;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** The model server as an HTTP client, and an append to it as a request. */
final class ModelBinding implements ClientBinding<ModelServer.Request, ModelServer.Response>, RequestHead {
  private final ModelServer server;
  private final long position;
  private final byte[] body;

  ModelBinding(ModelServer server, long position, byte[] body) {
    this.server = server;
    this.position = position;
    this.body = body;
  }

  @Override
  public ModelServer.Request edit(RequestEdit edit) {
    Query query = Query.parse(rawQuery());
    for (Map.Entry<String, String> parameter : edit.query().entrySet()) {
      query = query.with(parameter.getKey(), parameter.getValue());
    }
    return new ModelServer.Request("POST", "append&position=" + query.first("position"), lowerCase(edit.headers()), body);
  }

  @Override
  public ModelServer.Request probe(ProbeRequest probe) {
    return new ModelServer.Request(probe.method(), "", lowerCase(probe.headers()), new byte[0]);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  @Override
  public ModelServer.Response send(ModelServer.Request request) throws IOException {
    return server.send(request);
  }

  @Override
  public boolean isBodyStarted() {
    return server.isBodyStarted();
  }

  @Override
  public ResponseHead head(ModelServer.Response response) {
    return response;
  }

  @Override
  public byte[] peekBody(ModelServer.Response response, int limit, BooleanSupplier goOn) {
    return Arrays.copyOf(response.body(), Math.min(limit, response.body().length));
  }

  @Override
  public void readBody(ModelServer.Response response, OutputStream sink, long limit, BooleanSupplier goOn) throws IOException {
    sink.write(response.body(), 0, (int) Math.min(limit, response.body().length));
  }

  @Override
  public ModelServer.Response detach(ModelServer.Response response, byte[] copy) {
    return response;
  }

  @Override
  public ModelServer.Response recovered(Map<String, String> headers) {
    return new ModelServer.Response(200, headers, new byte[0]);
  }

  @Override
  public void close(ModelServer.Response response) {}

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    sink.write(body);
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public IOException cancelledException() {
    throw new AssertionError("nobody cancels here");
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String host() {
    return "logs.oss-cn-hangzhou.aliyuncs.com";
  }

  @Override
  public int port() {
    return 443;
  }

  @Override
  public String rawPath() {
    return "/app.log";
  }

  @Override
  public String rawQuery() {
    return "append&position=" + position;
  }

  @Override
  public String header(String name) {
    return null;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {}

  @Override
  public long contentLength() {
    return body.length;
  }

  @Override
  public boolean isBodyRepeatable() {
    return true;
  }
}
