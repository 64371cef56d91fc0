package dev.ossresilience.examples;

import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.aliyun.sdk.service.oss2.transport.HttpClient;
import com.aliyun.sdk.service.oss2.transport.RequestContext;
import com.aliyun.sdk.service.oss2.transport.RequestException;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import com.aliyun.sdk.service.oss2.transport.ResponseMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/** The page on the official SDKs shows this class. */
final class OssTransport implements HttpClient {
  private final Call.Factory calls; // a client with our interceptor, or an OssCallFactory

  OssTransport(Call.Factory calls) {
    this.calls = calls;
  }

  @Override
  public ResponseMessage send(RequestMessage message, RequestContext context) {
    Request.Builder request = new Request.Builder().url(message.uri().toString());
    message.headers().forEach(request::header);
    boolean sends = message.method().equals("PUT") || message.method().equals("POST");
    BinaryData data = message.body() == null ? BinaryData.fromBytes(new byte[0]) : message.body();
    request.method(message.method(), sends ? new Body(data, message.headers().get("Content-Type")) : null);
    try {
      Response response = calls.newCall(request.build()).execute();
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
      boolean streamed =
          context.get(RequestContext.Key.HTTP_COMPLETION_OPTION) == RequestContext.HttpCompletionOption.ResponseHeadersRead && response.isSuccessful();
      BinaryData body = streamed ? BinaryData.fromStream(response.body().byteStream()) : BinaryData.fromBytes(response.body().bytes());
      return ResponseMessage.newBuilder().request(message).statusCode(response.code()).headers(headers).body(body).build();
    } catch (IOException e) {
      throw new RequestException("the request failed", e); // its cause may be an AmbiguousWriteException
    }
  }

  private static final class Body extends RequestBody {
    private final BinaryData data;
    private final String type;

    private Body(BinaryData data, String type) {
      this.data = data;
      this.type = type;
    }

    @Override
    public MediaType contentType() {
      return type == null ? null : MediaType.parse(type);
    }

    @Override
    public long contentLength() {
      return data.getLength() == null ? -1 : data.getLength();
    }

    @Override
    public boolean isOneShot() {
      return !data.isReplayable();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      InputStream in = data.toStream();
      if (data.isReplayable() && in.markSupported()) {
        in.reset(); // it may be the one that was read before
      }
      try (Source source = Okio.source(in)) {
        sink.writeAll(source);
      }
    }
  }
}
