package dev.ossresilience.okhttp;

import dev.ossresilience.driver.BodyBuffer;
import dev.ossresilience.driver.ClientBinding;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.BodySent;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.BooleanSupplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** One call over OkHttp, however its requests are sent: this is what they look like, and what came of them. */
abstract class OkHttpBinding implements ClientBinding<Request, Response> {
  final Request request;
  final Exchange exchange;
  private @Nullable RequestBody buffered;
  private @Nullable AttemptBody sent;

  /** What is under way, if it may be shown to the caller as it is: a copy less for each response. */
  private @Nullable Request presentable;

  OkHttpBinding(Request request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  @Override
  public void bufferBody() throws IOException {
    RequestBody body = request.body();
    if (body != null) {
      buffered = RequestBody.create(BodyBuffer.read(body.contentLength(), sink -> write(body, sink)), body.contentType());
    }
  }

  /** The caller's body, or what was read of it. */
  private @Nullable RequestBody body() {
    return buffered == null ? request.body() : buffered;
  }

  private static void write(RequestBody body, OutputStream sink) throws IOException {
    BufferedSink out = Okio.buffer(Okio.sink(sink));
    body.writeTo(out);
    if (out.isOpen()) { // else the body has closed it, and everything is through
      out.flush();
    }
  }

  @Override
  public Request edit(RequestEdit edit) {
    if (edit.isNothing() && body() == null) {
      sent = prepare(null);
      presentable = callersRequest();
      return presentable;
    }
    Request.Builder edited = request.newBuilder();
    apply(edited, edit.headers());
    if (!edit.query().isEmpty()) {
      HttpUrl.Builder url = request.url().newBuilder();
      edit.query().forEach((name, value) -> url.setEncodedQueryParameter(PercentEncoding.encode(name, false), PercentEncoding.encode(value, false)));
      edited.url(url.build());
    }
    presentable = null;
    sent = prepare(body());
    return edited.method(request.method(), sent).build();
  }

  @Override
  public Request probe(ProbeRequest probe) {
    sent = prepare(null);
    presentable = null;
    String query = probe.query().isEmpty() ? null : probe.query();
    HttpUrl.Builder url = request.url().newBuilder().encodedPath(probe.pathOr(request.url().encodedPath())).encodedQuery(query);
    Request.Builder builder = new Request.Builder().url(url.build()).method(probe.method(), null);
    apply(builder, probe.headers());
    return builder.build();
  }

  private static void apply(Request.Builder builder, Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.removeHeader(name);
          } else {
            builder.header(name, value);
          }
        });
  }

  /** The body of the request that is sent next, null if it has none. */
  abstract @Nullable AttemptBody prepare(@Nullable RequestBody body);

  /** The response with the caller's request in place of the signed one, whose toString shows the security token. */
  final Response toCaller(Response response) {
    boolean shows = response.request() == presentable;
    presentable = null;
    return shows ? response : response.newBuilder().request(callersRequest()).build();
  }

  private Request callersRequest() {
    return request.newBuilder().tag(Exchange.class, exchange).build();
  }

  @Override
  public @Nullable Diagnosis diagnose(IOException failure) {
    if (failure instanceof RedirectRefusedException) {
      return new Diagnosis(Verdict.FATAL, Effect.NOT_APPLIED); // the server answered with that, and so did not do what was asked
    }
    return isRefusedStream(failure) ? new Diagnosis(Verdict.TRANSIENT, Effect.NOT_APPLIED) : null;
  }

  /** Whether the server promises that it did nothing with the request (RFC 9113, 8.7); OkHttp says so in words only. */
  private static boolean isRefusedStream(IOException failure) {
    return failure.getClass().getName().equals("okhttp3.internal.http2.StreamResetException")
        && "stream was reset: REFUSED_STREAM".equals(failure.getMessage());
  }

  @Override
  public boolean isBodyStarted() {
    return sent != null && (sent.isStarted() || isBodyReplaced());
  }

  /** Where nothing was seen going out, somebody below us may have answered instead of a server, and needs no body. */
  @Override
  public BodyProgress bodyProgress() {
    return sent == null || !(sent.isStarted() || isSeen()) ? BodyProgress.WHOLE : sent.progress();
  }

  /** Whether the request that was sent last is known to have gone to the server, with the body that was prepared. */
  abstract boolean isSeen();

  @Override
  public @Nullable BodySent bodySent() {
    return sent == null ? null : sent.sent();
  }

  @Override
  public ResponseHead head(Response response) {
    return new ResponseView(response);
  }

  @Override
  public byte[] peekBody(Response response, int limit, BooleanSupplier goOn) {
    return ResponseView.peek(response, limit, goOn);
  }

  @Override
  public void readBody(Response response, OutputStream sink, long limit, BooleanSupplier goOn) throws IOException {
    BufferedSink out = Okio.buffer(Okio.sink(sink));
    BufferedSource source = response.body().source();
    Buffer chunk = new Buffer();
    long left = limit;
    for (long read = 0; left > 0 && read >= 0; left -= Math.max(0, read)) {
      if (!goOn.getAsBoolean()) {
        throw new InterruptedIOException("the deadline passed while a body was read");
      }
      read = source.read(chunk, Math.min(left, 8192));
      out.writeAll(chunk);
    }
    out.flush();
  }

  @Override
  public Response detach(Response response, byte[] body) {
    response.close();
    // Made anew: what OkHttp would keep of it holds the connection, the signed request, and for the body a buffer of its own size.
    return new Response.Builder()
        .request(response.request())
        .protocol(response.protocol())
        .code(response.code())
        .message(response.message())
        .headers(response.headers())
        .handshake(response.handshake())
        .sentRequestAtMillis(response.sentRequestAtMillis())
        .receivedResponseAtMillis(response.receivedResponseAtMillis())
        .body(new KeptBody(body, response.body().contentType()))
        .build();
  }

  @Override
  public Response recovered(int status, Map<String, String> headers, byte[] body) {
    String type = headers.get("Content-Type");
    Response.Builder builder =
        new Response.Builder()
            .request(callersRequest())
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message(status == 200 ? "OK" : status == 202 ? "Accepted" : "No Content")
            .body(ResponseBody.create(body, type == null ? null : MediaType.parse(type)));
    headers.forEach(builder::header);
    return builder.build();
  }

  @Override
  public void close(Response response) {
    response.close();
  }

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    RequestBody body = body();
    if (body != null) {
      write(body, sink);
    }
  }
}
