package dev.ossresilience.benchmarks.overhead;

import com.aliyun.oss.internal.ResponseParsers;
import com.aliyun.oss.internal.model.OSSErrorResult;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import com.aliyun.sdk.service.oss2.transport.ResponseMessage;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading one error's body. */
@State(Scope.Benchmark)
public class ErrorParsingBenchmark {
  private final ErrorParser ours = ErrorParser.standard();
  private final Heads.Answer busy = new Heads.Answer(503);
  private final ResponseParsers.ErrorResponseParser sdkV1 = new ResponseParsers.ErrorResponseParser();
  private final Consumer<ResponseMessage> sdkV2 = sdkV2Parser();
  private final RequestMessage request = RequestMessage.newBuilder().method("GET").uri(Oss.URL).build();

  /** Ours, with what is known of the code. */
  @Benchmark
  public OssError ours() {
    return ours.parse(busy, ErrorDocuments.BUSY);
  }

  /** The SDK's of 2011 and on. */
  @Benchmark
  public OSSErrorResult sdkV1() throws Exception {
    com.aliyun.oss.common.comm.ResponseMessage response = new com.aliyun.oss.common.comm.ResponseMessage(null);
    response.setContent(new ByteArrayInputStream(ErrorDocuments.BUSY));
    return sdkV1.parse(response);
  }

  /** The newer SDK's, which throws what it has read. */
  @Benchmark
  public ServiceException sdkV2() {
    ResponseMessage response =
        ResponseMessage.newBuilder()
            .request(request)
            .statusCode(503)
            .headers(Map.of("x-oss-request-id", Oss.REQUEST_ID, "Content-Type", "application/xml"))
            .body(BinaryData.fromBytes(ErrorDocuments.BUSY))
            .build();
    try {
      sdkV2.accept(response);
    } catch (ServiceException e) {
      return e;
    }
    throw new IllegalStateException("the SDK took an error for a success");
  }

  /** It has no public entrance; what it does is what each of its calls does. */
  @SuppressWarnings("unchecked")
  private static Consumer<ResponseMessage> sdkV2Parser() {
    try {
      Field instance = Class.forName("com.aliyun.sdk.service.oss2.internal.ClientImpl$OnServiceError").getField("INSTANCE");
      instance.setAccessible(true);
      return (Consumer<ResponseMessage>) instance.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another version of the SDK than was looked into", e);
    }
  }
}
