package dev.ossresilience.benchmarks.scorecard.peer;

import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectResult;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** {@code com.aliyun:alibabacloud-oss-v2}, which signs with V4 and compares the CRC64 of uploads by default. */
record SdkV2(SdkV2Calls oss) implements Peer {
  @Override
  public Told put(String key, Body body) {
    return put(PutObjectRequest.newBuilder().bucket(BUCKET).key(key), body);
  }

  @Override
  public Told putIfAbsent(String key, Body body) {
    return put(PutObjectRequest.newBuilder().bucket(BUCKET).key(key).forbidOverwrite(true), body);
  }

  @Override
  public Told putWithCallback(String key, Body body, String url) {
    String json = "{\"callbackUrl\":\"" + url + "\",\"callbackBody\":\"s=${size}\"}";
    String callback = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return put(PutObjectRequest.newBuilder().bucket(BUCKET).key(key).callback(callback), body);
  }

  private Told put(PutObjectRequest.Builder request, Body body) {
    return told(
        () -> {
          PutObjectResult result =
              body.kind() == Body.Kind.FILE
                  ? oss.putFile().of(request.build(), Objects.requireNonNull(body.file()))
                  : oss.put().of(request.body(data(body)).build());
          String code = result.statusCode() == 203 ? "CallbackFailed" : "";
          return new Told(true, result.statusCode(), code, "", new byte[0], null);
        });
  }

  private static BinaryData data(Body body) {
    return body.kind() == Body.Kind.STREAM
        ? BinaryData.fromStream(body.stream(), (long) body.bytes().length)
        : BinaryData.fromBytes(body.bytes());
  }

  @Override
  public Told get(String key) {
    return told(
        () -> {
          GetObjectResult result = oss.get().of(GetObjectRequest.newBuilder().bucket(BUCKET).key(key).build());
          try {
            return Told.read(result.statusCode(), result.body().readAllBytes());
          } finally {
            result.close();
          }
        });
  }

  @Override
  public Told head(String key) {
    HeadObjectRequest request = HeadObjectRequest.newBuilder().bucket(BUCKET).key(key).build();
    return told(() -> Told.done(200, String.valueOf(oss.head().of(request).contentLength())));
  }

  @Override
  public Told append(String key, long position, Body body) {
    AppendObjectRequest.Builder request = AppendObjectRequest.newBuilder().bucket(BUCKET).key(key).position(position).body(data(body));
    if (position == 0) {
      request.initHashCRC64(0); // without it nothing is compared
    }
    return told(() -> Told.done(200, String.valueOf(oss.append().of(request.build()).nextAppendPosition())));
  }

  @Override
  public Told delete(String key) {
    DeleteObjectRequest request = DeleteObjectRequest.newBuilder().bucket(BUCKET).key(key).build();
    return told(() -> Told.done(oss.delete().of(request).statusCode(), null));
  }

  @Override
  public Told startUpload(String key) {
    InitiateMultipartUploadRequest request = InitiateMultipartUploadRequest.newBuilder().bucket(BUCKET).key(key).build();
    return told(() -> Told.done(200, oss.start().of(request).initiateMultipartUpload().uploadId()));
  }

  @Override
  public Told part(String key, String uploadId, int number, Body body) {
    UploadPartRequest.Builder request = UploadPartRequest.newBuilder().bucket(BUCKET).key(key).uploadId(uploadId);
    return told(() -> Told.done(200, oss.part().of(request.partNumber((long) number).body(data(body)).build()).eTag()));
  }

  @Override
  public Told complete(String key, String uploadId, List<String> etags) {
    List<Part> parts =
        IntStream.range(0, etags.size()).mapToObj(i -> Part.newBuilder().partNumber(i + 1L).eTag(etags.get(i)).build()).toList();
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.newBuilder()
            .bucket(BUCKET)
            .key(key)
            .uploadId(uploadId)
            .completeMultipartUpload(CompleteMultipartUpload.newBuilder().parts(parts).build())
            .build();
    return told(() -> Told.done(200, oss.complete().of(request).completeMultipartUpload().eTag()));
  }

  private static Told told(Callable<Told> call) {
    try {
      return call.call();
    } catch (Exception e) {
      ServiceException answer = ServiceException.asCause(e);
      return answer == null ? Told.failed(e) : Told.refused(answer.statusCode(), answer.errorCode(), e);
    }
  }

  @Override
  public void close() {
    try {
      oss.client().close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
