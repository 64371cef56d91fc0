package dev.ossresilience.model;

import dev.ossresilience.driver.ClientBinding;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** The model server as an HTTP client, and an append to it as a request. */
final class ModelBinding implements ClientBinding<ModelServer.Request, ModelServer.Response>, RequestHead {
  private static final byte[] NOTHING = new byte[0];

  private final ModelServer server;
  private final Sending sending;

  ModelBinding(ModelServer server, Sending sending) {
    this.server = server;
    this.sending = sending;
  }

  @Override
  public ModelServer.Request edit(RequestEdit edit) {
    Query query = Query.parse(rawQuery());
    for (Map.Entry<String, String> parameter : edit.query().entrySet()) {
      query = query.with(parameter.getKey(), parameter.getValue());
    }
    return new ModelServer.Request(sending, "POST", "append&position=" + query.first("position"), lowerCase(edit.headers()), sending.record);
  }

  @Override
  public ModelServer.Request probe(ProbeRequest probe) {
    return new ModelServer.Request(sending, probe.method(), "", lowerCase(probe.headers()), NOTHING);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  @Override
  public void bufferBody() {
    throw new IllegalStateException("the model's settings buffer nothing");
  }

  @Override
  public ModelServer.Response send(ModelServer.Request request) throws IOException {
    return server.send(request);
  }

  @Override
  public boolean isBodyReplaced() {
    return false;
  }

  @Override
  public boolean isBodyStarted() {
    return sending.bodyStarted && sending.record.length > 0;
  }

  @Override
  public ResponseHead head(ModelServer.Response response) {
    return response;
  }

  @Override
  public byte[] peekBody(ModelServer.Response response, int limit, BooleanSupplier goOn) {
    return firstBytes(response, limit);
  }

  @Override
  public void readBody(ModelServer.Response response, OutputStream sink, long limit, BooleanSupplier goOn) throws IOException {
    byte[] bytes = firstBytes(response, limit);
    sink.write(bytes, 0, response.broken() ? bytes.length / 2 : bytes.length);
    if (response.broken()) {
      throw new Failures.Reset();
    }
  }

  @Override
  public ModelServer.Response detach(ModelServer.Response response, byte[] copy) {
    return response;
  }

  @Override
  public ModelServer.Response recovered(int status, Map<String, String> headers, byte[] content) {
    return new ModelServer.Response(status, headers, content);
  }

  @Override
  public void close(ModelServer.Response response) {}

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    if (!sending.body.repeatable()) {
      throw new AssertionError("a body that can be read once was read again");
    }
    sink.write(sending.record);
  }

  @Override
  public boolean isCancelled() {
    return sending.cancelled;
  }

  @Override
  public IOException cancelledException() {
    return new Failures.Reset();
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
    return "append&position=" + sending.position;
  }

  @Override
  public String header(String name) {
    return null;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {}

  @Override
  public long contentLength() {
    return sending.body.lengthKnown() ? sending.record.length : -1;
  }

  @Override
  public boolean isBodyRepeatable() {
    return sending.body.repeatable();
  }

  private static byte[] firstBytes(ModelServer.Response response, long limit) {
    return Arrays.copyOf(response.body(), (int) Math.min(limit, response.body().length));
  }
}
