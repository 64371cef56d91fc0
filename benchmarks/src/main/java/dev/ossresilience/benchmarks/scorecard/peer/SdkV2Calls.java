package dev.ossresilience.benchmarks.scorecard.peer;

import com.aliyun.sdk.service.oss2.BaseClientBuilder;
import com.aliyun.sdk.service.oss2.OSSAsyncClient;
import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.Credentials;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.AppendObjectResult;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadResult;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectResult;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectResult;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadResult;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectResult;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The calls that the synchronous and the asynchronous client of {@code com.aliyun:alibabacloud-oss-v2} share, on either of them. */
record SdkV2Calls(
    Call<PutObjectRequest, PutObjectResult> put,
    FileCall putFile,
    Call<GetObjectRequest, GetObjectResult> get,
    Call<HeadObjectRequest, HeadObjectResult> head,
    Call<AppendObjectRequest, AppendObjectResult> append,
    Call<DeleteObjectRequest, DeleteObjectResult> delete,
    Call<InitiateMultipartUploadRequest, InitiateMultipartUploadResult> start,
    Call<UploadPartRequest, UploadPartResult> part,
    Call<CompleteMultipartUploadRequest, CompleteMultipartUploadResult> complete,
    AutoCloseable client) {
  /** A call, to its end. */
  interface Call<Q, R> {
    R of(Q request) throws Exception;
  }

  /** The one that takes a file too. */
  interface FileCall {
    PutObjectResult of(PutObjectRequest request, Path file) throws Exception;
  }

  static SdkV2Calls sync(String endpoint, Vault vault) {
    OSSClient oss = configured(OSSClient.newBuilder(), endpoint, vault).build();
    return new SdkV2Calls(
        oss::putObject,
        oss::putObjectFromFile,
        oss::getObject,
        oss::headObject,
        oss::appendObject,
        oss::deleteObject,
        oss::initiateMultipartUpload,
        oss::uploadPart,
        oss::completeMultipartUpload,
        oss);
  }

  static SdkV2Calls async(String endpoint, Vault vault) {
    OSSAsyncClient oss = configured(OSSAsyncClient.newBuilder(), endpoint, vault).build();
    return new SdkV2Calls(
        awaited(oss::putObjectAsync),
        (request, file) -> oss.putObjectFromFileAsync(request, file).get(),
        awaited(oss::getObjectAsync),
        awaited(oss::headObjectAsync),
        awaited(oss::appendObjectAsync),
        awaited(oss::deleteObjectAsync),
        awaited(oss::initiateMultipartUploadAsync),
        awaited(oss::uploadPartAsync),
        awaited(oss::completeMultipartUploadAsync),
        oss);
  }

  private static <B extends BaseClientBuilder<B, T>, T> B configured(B builder, String endpoint, Vault vault) {
    dev.ossresilience.signing.Credentials held = vault.fetch();
    return builder
        .region("cn-hangzhou")
        .endpoint(endpoint)
        .usePathStyle(true) // the simulator is on a bare address
        .readWriteTimeout(Duration.ofMillis(Peer.READ_TIMEOUT_MILLIS))
        .credentialsProvider(() -> new Credentials(held.accessKeyId(), held.accessKeySecret(), held.securityToken()));
  }

  private static <Q, R> Call<Q, R> awaited(Call<Q, CompletableFuture<R>> call) {
    return request -> call.of(request).get();
  }
}
