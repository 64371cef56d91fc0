package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV1.understood;

import com.aliyun.oss.OSS;
import com.aliyun.oss.model.AbortMultipartUploadRequest;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.DownloadFileRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListMultipartUploadsRequest;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.MultipartUploadListing;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.PartListing;
import com.aliyun.oss.model.UploadFileRequest;
import com.aliyun.oss.model.UploadPartCopyRequest;
import com.aliyun.oss.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Java v1. */
record V1Uploads(OSS oss) implements UploadPeer {
  @Override
  public String start(String bucket, String key) {
    return understood(() -> oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, key))).getUploadId();
  }

  @Override
  public String part(String bucket, String key, String uploadId, int number, byte[] body) {
    ByteArrayInputStream stream = new ByteArrayInputStream(body);
    return understood(() -> oss.uploadPart(new UploadPartRequest(bucket, key, uploadId, number, stream, body.length))).getETag();
  }

  @Override
  public String copyPart(String bucket, String from, long first, long last, String key, String uploadId, int number) {
    UploadPartCopyRequest request =
        new UploadPartCopyRequest(bucket, from, bucket, key, uploadId, number, first, last - first + 1);
    return understood(() -> oss.uploadPartCopy(request)).getETag();
  }

  @Override
  public List<Long> parts(String bucket, String key, String uploadId, int pageSize) {
    List<Long> sizes = new ArrayList<>();
    ListPartsRequest request = new ListPartsRequest(bucket, key, uploadId);
    request.setMaxParts(pageSize);
    request.setEncodingType("url");
    for (boolean more = true; more; ) {
      PartListing page = understood(() -> oss.listParts(request));
      page.getParts().forEach(part -> sizes.add(part.getSize()));
      request.setPartNumberMarker(page.getNextPartNumberMarker());
      more = page.isTruncated();
    }
    return sizes;
  }

  @Override
  public List<String> uploads(String bucket, int pageSize) {
    List<String> keys = new ArrayList<>();
    // No encoding type: with one, 3.18.4 leaves it to its callers to decode the names, the marker among them.
    ListMultipartUploadsRequest request = new ListMultipartUploadsRequest(bucket);
    request.setMaxUploads(pageSize);
    for (boolean more = true; more; ) {
      MultipartUploadListing page = understood(() -> oss.listMultipartUploads(request));
      page.getMultipartUploads().forEach(upload -> keys.add(upload.getKey()));
      request.setKeyMarker(page.getNextKeyMarker());
      request.setUploadIdMarker(page.getNextUploadIdMarker());
      more = page.isTruncated();
    }
    return keys;
  }

  @Override
  public String complete(String bucket, String key, String uploadId, List<String> etags) {
    List<PartETag> parts = IntStream.range(0, etags.size()).mapToObj(i -> new PartETag(i + 1, etags.get(i))).toList();
    CompleteMultipartUploadRequest request =
        new CompleteMultipartUploadRequest(bucket, key, uploadId, new ArrayList<>(parts)); // it sorts them in place
    return understood(() -> oss.completeMultipartUpload(request)).getETag();
  }

  @Override
  public void abort(String bucket, String key, String uploadId) {
    understood(() -> oss.abortMultipartUpload(new AbortMultipartUploadRequest(bucket, key, uploadId)));
  }

  @Override
  public void uploadFile(String bucket, String key, Path file, long partSize) {
    UploadFileRequest request = new UploadFileRequest(bucket, key, file.toString(), partSize, 2);
    request.setEnableCheckpoint(true);
    try {
      oss.uploadFile(request);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void downloadFile(String bucket, String key, Path file, long partSize) {
    DownloadFileRequest request = new DownloadFileRequest(bucket, key, file.toString(), partSize, 2, true);
    try {
      oss.downloadFile(request);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
