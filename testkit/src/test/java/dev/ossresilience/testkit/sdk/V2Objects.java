package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV2.understood;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.CopyObjectRequest;
import com.aliyun.sdk.service.oss2.models.Delete;
import com.aliyun.sdk.service.oss2.models.DeleteMultipleObjectsRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.DeletedInfo;
import com.aliyun.sdk.service.oss2.models.GetObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectMetaRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.GetSymlinkRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectResult;
import com.aliyun.sdk.service.oss2.models.ObjectIdentifier;
import com.aliyun.sdk.service.oss2.models.PutObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectResult;
import com.aliyun.sdk.service.oss2.models.PutObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.PutSymlinkRequest;
import com.aliyun.sdk.service.oss2.models.RestoreObjectRequest;
import com.aliyun.sdk.service.oss2.models.RestoreRequest;
import com.aliyun.sdk.service.oss2.models.Tag;
import com.aliyun.sdk.service.oss2.models.TagSet;
import com.aliyun.sdk.service.oss2.models.Tagging;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import dev.ossresilience.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Java v2. */
record V2Objects(OSSClient oss) implements ObjectPeer {
  @Override
  public void put(String bucket, String key, byte[] body, Description description) {
    put(putting(bucket, key, body).contentType(description.contentType()).metadata(description.metadata()));
  }

  @Override
  public void putOnce(String bucket, String key, byte[] body) {
    put(putting(bucket, key, body).forbidOverwrite(true));
  }

  @Override
  public void putArchived(String bucket, String key, byte[] body) {
    put(putting(bucket, key, body).storageClass("Archive"));
  }

  @Override
  public String putWithCallback(String bucket, String key, byte[] body, String url, String callbackBody) {
    String json = "{\"callbackUrl\":\"" + url + "\",\"callbackBody\":\"" + callbackBody + "\"}";
    String callback = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return put(putting(bucket, key, body).callback(callback)).callbackResult();
  }

  private static PutObjectRequest.Builder putting(String bucket, String key, byte[] body) {
    return PutObjectRequest.newBuilder().bucket(bucket).key(key).body(BinaryData.fromBytes(body));
  }

  private PutObjectResult put(PutObjectRequest.Builder request) {
    return understood(() -> oss.putObject(request.build()));
  }

  @Override
  public Description description(String bucket, String key) {
    HeadObjectResult result = understood(() -> oss.headObject(HeadObjectRequest.newBuilder().bucket(bucket).key(key).build()));
    return new Description(result.contentType(), result.metadata());
  }

  @Override
  public long size(String bucket, String key) {
    return understood(() -> oss.getObjectMeta(GetObjectMetaRequest.newBuilder().bucket(bucket).key(key).build())).contentLength();
  }

  @Override
  public void getToFile(String bucket, String key, Path file) {
    understood(() -> oss.getObjectToFile(getting(bucket, key).build(), file));
  }

  @Override
  public byte[] range(String bucket, String key, long from, long to, boolean standard) {
    GetObjectRequest.Builder request = getting(bucket, key).range("bytes=" + from + "-" + to);
    return get(standard ? request.rangeBehavior("standard") : request);
  }

  @Override
  public byte[] getIf(String bucket, String key, String condition, String value) {
    GetObjectRequest.Builder request = getting(bucket, key);
    return get(
        switch (condition) {
          case "If-Match" -> request.ifMatch(value);
          case "If-None-Match" -> request.ifNoneMatch(value);
          case "If-Modified-Since" -> request.ifModifiedSince(value);
          case "If-Unmodified-Since" -> request.ifUnmodifiedSince(value);
          default -> throw new IllegalArgumentException(condition);
        });
  }

  private static GetObjectRequest.Builder getting(String bucket, String key) {
    return GetObjectRequest.newBuilder().bucket(bucket).key(key);
  }

  private byte[] get(GetObjectRequest.Builder request) {
    return understood(() -> JavaV2.read(oss.getObject(request.build())));
  }

  @Override
  public String copy(String bucket, String from, String to) {
    return JavaV2.unquoted(understood(() -> oss.copyObject(copying(bucket, from, to).build())).eTag());
  }

  @Override
  public void copy(String bucket, String from, String to, Description replacing) {
    CopyObjectRequest.Builder request = copying(bucket, from, to).metadataDirective("REPLACE").contentType(replacing.contentType());
    understood(() -> oss.copyObject(request.metadata(replacing.metadata()).build()));
  }

  private static CopyObjectRequest.Builder copying(String bucket, String from, String to) {
    return CopyObjectRequest.newBuilder().sourceBucket(bucket).sourceKey(from).bucket(bucket).key(to);
  }

  @Override
  public List<String> delete(String bucket, List<String> keys, boolean quiet) {
    List<ObjectIdentifier> objects = keys.stream().map(key -> ObjectIdentifier.newBuilder().key(key).build()).toList();
    Delete delete = Delete.newBuilder().objects(objects).quiet(quiet).build();
    DeleteMultipleObjectsRequest request = DeleteMultipleObjectsRequest.newBuilder().bucket(bucket).delete(delete).build();
    List<DeletedInfo> deleted = understood(() -> oss.deleteMultipleObjects(request)).deletedObjects();
    return deleted == null ? List.of() : deleted.stream().map(DeletedInfo::key).toList();
  }

  @Override
  public String acl(String bucket, String key) {
    GetObjectAclRequest request = GetObjectAclRequest.newBuilder().bucket(bucket).key(key).build();
    return understood(() -> oss.getObjectAcl(request)).accessControlPolicy().accessControlList().grant();
  }

  @Override
  public void acl(String bucket, String key, String acl) {
    understood(() -> oss.putObjectAcl(PutObjectAclRequest.newBuilder().bucket(bucket).key(key).objectAcl(acl).build()));
  }

  @Override
  public Map<String, String> tags(String bucket, String key) {
    GetObjectTaggingRequest request = GetObjectTaggingRequest.newBuilder().bucket(bucket).key(key).build();
    List<Tag> tags = understood(() -> oss.getObjectTagging(request)).tagging().tagSet().tags();
    return tags == null ? Map.of() : tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public void tags(String bucket, String key, Map<String, String> tags) {
    List<Tag> list = tags.entrySet().stream().map(tag -> Tag.newBuilder().key(tag.getKey()).value(tag.getValue()).build()).toList();
    Tagging tagging = Tagging.newBuilder().tagSet(TagSet.newBuilder().tags(list).build()).build();
    understood(() -> oss.putObjectTagging(PutObjectTaggingRequest.newBuilder().bucket(bucket).key(key).tagging(tagging).build()));
  }

  @Override
  public void untag(String bucket, String key) {
    understood(() -> oss.deleteObjectTagging(DeleteObjectTaggingRequest.newBuilder().bucket(bucket).key(key).build()));
  }

  @Override
  public void link(String bucket, String key, String target) {
    String encoded = PercentEncoding.encode(target, true); // 0.4.0 leaves that to its callers
    understood(() -> oss.putSymlink(PutSymlinkRequest.newBuilder().bucket(bucket).key(key).symlinkTarget(encoded).build()));
  }

  @Override
  public String target(String bucket, String key) {
    GetSymlinkRequest request = GetSymlinkRequest.newBuilder().bucket(bucket).key(key).build();
    return PercentEncoding.decode(understood(() -> oss.getSymlink(request)).symlinkTarget());
  }

  @Override
  public void restore(String bucket, String key) {
    RestoreRequest days = RestoreRequest.newBuilder().days(2L).build();
    understood(() -> oss.restoreObject(RestoreObjectRequest.newBuilder().bucket(bucket).key(key).restoreRequest(days).build()));
  }
}
