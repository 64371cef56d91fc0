package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV2.understood;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadResult;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.ListMultipartUploadsRequest;
import com.aliyun.sdk.service.oss2.models.ListMultipartUploadsResult;
import com.aliyun.sdk.service.oss2.models.ListPartsRequest;
import com.aliyun.sdk.service.oss2.models.ListPartsResult;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartCopyRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transfermanager.Downloader;
import com.aliyun.sdk.service.oss2.transfermanager.DownloaderOptions;
import com.aliyun.sdk.service.oss2.transfermanager.Uploader;
import com.aliyun.sdk.service.oss2.transfermanager.UploaderOptions;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Java v2. */
record V2Uploads(OSSClient oss) implements UploadPeer {
  @Override
  public String start(String bucket, String key) {
    InitiateMultipartUploadRequest request = InitiateMultipartUploadRequest.newBuilder().bucket(bucket).key(key).build();
    return understood(() -> oss.initiateMultipartUpload(request)).initiateMultipartUpload().uploadId();
  }

  @Override
  public String part(String bucket, String key, String uploadId, int number, byte[] body) {
    UploadPartRequest.Builder request = UploadPartRequest.newBuilder().bucket(bucket).key(key).uploadId(uploadId);
    return understood(() -> oss.uploadPart(request.partNumber((long) number).body(BinaryData.fromBytes(body)).build())).eTag();
  }

  @Override
  public String copyPart(String bucket, String from, long first, long last, String key, String uploadId, int number) {
    UploadPartCopyRequest.Builder request =
        UploadPartCopyRequest.newBuilder().sourceBucket(bucket).sourceKey(from).copySourceRange("bytes=" + first + "-" + last);
    request.bucket(bucket).key(key).uploadId(uploadId).partNumber((long) number);
    return understood(() -> oss.uploadPartCopy(request.build())).copyPartResult().eTag();
  }

  @Override
  public List<Long> parts(String bucket, String key, String uploadId, int pageSize) {
    ListPartsRequest request = ListPartsRequest.newBuilder().bucket(bucket).key(key).uploadId(uploadId).maxParts((long) pageSize).build();
    return understood(() -> {
      List<Long> sizes = new ArrayList<>();
      for (ListPartsResult page : oss.listPartsPaginator(request)) {
        page.parts().forEach(part -> sizes.add(part.size()));
      }
      return sizes;
    });
  }

  @Override
  public List<String> uploads(String bucket, int pageSize) {
    ListMultipartUploadsRequest request = ListMultipartUploadsRequest.newBuilder().bucket(bucket).maxUploads((long) pageSize).build();
    return understood(() -> {
      List<String> keys = new ArrayList<>();
      for (ListMultipartUploadsResult page : oss.listMultipartUploadsPaginator(request)) {
        if (page.uploads() != null) {
          page.uploads().forEach(upload -> keys.add(upload.key()));
        }
      }
      return keys;
    });
  }

  @Override
  public String complete(String bucket, String key, String uploadId, List<String> etags) {
    List<Part> parts =
        IntStream.range(0, etags.size()).mapToObj(i -> Part.newBuilder().partNumber(i + 1L).eTag(etags.get(i)).build()).toList();
    CompleteMultipartUpload list = CompleteMultipartUpload.newBuilder().parts(parts).build();
    CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.newBuilder().bucket(bucket).key(key);
    CompleteMultipartUploadResult result =
        understood(() -> oss.completeMultipartUpload(request.uploadId(uploadId).completeMultipartUpload(list).build()));
    return JavaV2.unquoted(result.completeMultipartUpload().eTag());
  }

  @Override
  public void abort(String bucket, String key, String uploadId) {
    AbortMultipartUploadRequest.Builder request = AbortMultipartUploadRequest.newBuilder().bucket(bucket).key(key);
    understood(() -> oss.abortMultipartUpload(request.uploadId(uploadId).build()));
  }

  @Override
  public void uploadFile(String bucket, String key, Path file, long partSize) {
    UploaderOptions options = UploaderOptions.newBuilder().partSize(partSize).parallelNum(2).enableCRC64Check(true).build();
    PutObjectRequest request = PutObjectRequest.newBuilder().bucket(bucket).key(key).build();
    understood(() -> new Uploader(oss, options).uploadFile(request, file.toString()));
  }

  @Override
  public void downloadFile(String bucket, String key, Path file, long partSize) {
    DownloaderOptions options = DownloaderOptions.newBuilder().partSize(partSize).parallelNum(2).enableCRC64Check(true).build();
    GetObjectRequest request = GetObjectRequest.newBuilder().bucket(bucket).key(key).build();
    understood(() -> new Downloader(oss, options).downloadFile(request, file.toString()));
  }
}
