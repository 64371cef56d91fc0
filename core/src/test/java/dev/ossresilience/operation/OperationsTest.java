package dev.ossresilience.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {
  private static final OssEndpoint ENDPOINT = OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com");

  /** method, path and query below the bucket, header=value or nothing, operation, rule. */
  @ParameterizedTest
  @CsvSource({
    "GET, /k, , GetObject, SAFE",
    "GET, /, , ListObjects, SAFE",
    "HEAD, /k, , HeadObject, SAFE",
    "PUT, /k, , PutObject, SAFE",
    "PUT, /k, x-oss-forbid-overwrite=true, PutObjectNoOverwrite, VERIFY_FIRST",
    "PUT, /k, x-oss-forbid-overwrite=false, PutObject, SAFE",
    "PUT, /k, x-oss-callback=e30=, PutObjectWithCallback, VERIFY_FIRST",
    "PUT, /k?callback=e30, , PutObjectWithCallback, VERIFY_FIRST",
    "PUT, /k?partNumber=1&uploadId=u, , UploadPart, SAFE",
    "PUT, /k?partNumber=1&uploadId=u, x-oss-copy-source=/b/k, UploadPartCopy, SAFE",
    "PUT, /k, x-oss-copy-source=/b/k, CopyObject, SAFE",
    "PUT, /k?symlink, , PutSymlink, SAFE",
    "PUT, /k?symlink, x-oss-forbid-overwrite=true, PutSymlinkNoOverwrite, VERIFY_FIRST",
    "PUT, /k?acl, , PutObjectAcl, SAFE",
    "PUT, /k?x-oss-dir, , CreateDirectory, VERIFY_FIRST",
    "PUT, /, , PutBucket, SAFE",
    "PUT, /?lifecycle, , PutBucketSetting, SAFE",
    "PUT, /?inventory&inventoryId=1, , PutBucketInventory, VERIFY_FIRST",
    "DELETE, /k, , DeleteObject, SAFE",
    "DELETE, /k?versionId=1, , DeleteObjectVersion, SAFE",
    "DELETE, /k?uploadId=u, , AbortMultipartUpload, SAFE",
    "DELETE, /, , DeleteBucket, SAFE",
    "POST, /k?append&position=0, , AppendObject, VERIFY_FIRST",
    "POST, /k?append=&position=0, , AppendObject, VERIFY_FIRST",
    "POST, /k?append, , OtherPost, NEVER",
    "POST, /k?uploads, , InitiateMultipartUpload, SAFE",
    "POST, /k?uploadId=u, , CompleteMultipartUpload, VERIFY_FIRST",
    "POST, /k?restore, , RestoreObject, SAFE",
    "POST, /k?seal&position=1, , SealAppendObject, VERIFY_FIRST",
    "POST, /?delete, , DeleteMultipleObjects, SAFE",
    "POST, /, , PostObject, VERIFY_FIRST",
    "POST, /k?x-oss-process=csv/select, , SelectObject, SAFE",
    "POST, /k?x-oss-process=image/resize, , ProcessObject, SAFE",
    "POST, /k?x-oss-async-process=x, , AsyncProcessObject, NEVER",
    "POST, /k?x-oss-rename, , Rename, NEVER",
    "POST, /?worm, , InitiateBucketWorm, NEVER",
    "POST, /?wormId=1, , CompleteBucketWorm, NEVER",
    "POST, /?metaQuery&comp=query, , DoMetaQuery, SAFE",
    "POST, /?metaQuery&comp=add, , OtherBucketPost, NEVER",
    "POST, /?replication&comp=add, , OtherBucketPost, NEVER",
    "PATCH, /k, , Other, NEVER"
  })
  void requestIsRecognised(String method, String pathAndQuery, @Nullable String header, String name, ReplayRule rule) {
    Request request = new Request(method, pathAndQuery, header == null ? "" : header);
    OssEndpoint.Target target = ENDPOINT.targetOf(request);
    Operation operation = Operations.of(request, target, Query.parse(request.rawQuery()));
    assertThat(operation.name()).isEqualTo(name);
    assertThat(operation.replayRule()).isEqualTo(rule);
  }

  /** operation, what OSS refuses a second one with, what proves that the first took effect. */
  @ParameterizedTest
  @CsvSource({
    "AppendObject, PositionNotEqualToLength, POSITION",
    "CompleteMultipartUpload, NoSuchUpload, PART_ETAGS",
    "AbortMultipartUpload, NoSuchUpload, GONE",
    "DeleteBucket, NoSuchBucket, GONE",
    "PutBucket, BucketAlreadyExists, NEW_BUCKET",
    "PutObjectNoOverwrite, FileAlreadyExists, SAME_CONTENT",
    "PutSymlinkNoOverwrite, FileAlreadyExists, SAME_LINK",
    "CopyObjectNoOverwrite, FileAlreadyExists, SAME_COPY",
    "RestoreObject, RestoreAlreadyInProgress, UNDER_WAY",
    "PutObjectWithCallback, '', NONE",
    "CopyObjectWithCallback, '', NONE",
    "SealAppendObject, '', NONE",
    "PostObject, '', NONE",
    "CreateDirectory, '', NONE",
    "PutBucketInventory, '', NONE",
    "InitiateMultipartUpload, '', NONE",
    "Rename, '', NONE",
    "PutObject, '', NONE"
  })
  void refusalAndProofAreKnown(String name, String refusal, Proof proof) {
    assertThat(Operations.rows()).map(Operations.Row::operation).filteredOn(operation -> operation.name().equals(name))
        .isNotEmpty()
        .allSatisfy(operation -> {
          assertThat(operation.refusal()).isEqualTo(refusal);
          assertThat(operation.proof()).isEqualTo(proof);
        });
  }

  @Test
  void everyRowSaysWhy() {
    assertThat(Operations.rows()).allSatisfy(row -> assertThat(row.operation().note()).endsWith("."));
    assertThat(Operations.unknown().replayRule()).isEqualTo(ReplayRule.NEVER);
  }

  private record Request(String method, String pathAndQuery, String headerLine) implements RequestHead {
    @Override
    public String scheme() {
      return "https";
    }

    @Override
    public String host() {
      return "b.oss-cn-hangzhou.aliyuncs.com";
    }

    @Override
    public int port() {
      return 443;
    }

    @Override
    public String rawPath() {
      return pathAndQuery.replaceFirst("\\?.*", "");
    }

    @Override
    public @Nullable String rawQuery() {
      int mark = pathAndQuery.indexOf('?');
      return mark < 0 ? null : pathAndQuery.substring(mark + 1);
    }

    @Override
    public @Nullable String header(String name) {
      return headerLine.startsWith(name + "=") ? headerLine.substring(name.length() + 1) : null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {}

    @Override
    public long contentLength() {
      return 0;
    }

    @Override
    public boolean isBodyRepeatable() {
      return true;
    }
  }
}
