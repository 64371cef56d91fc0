package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV1.understood;

import com.aliyun.oss.OSS;
import com.aliyun.oss.model.Callback;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.CopyObjectRequest;
import com.aliyun.oss.model.DeleteObjectsRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.RestoreConfiguration;
import com.aliyun.oss.model.RestoreObjectRequest;
import com.aliyun.oss.model.StorageClass;
import dev.ossresilience.testkit.time.HttpDates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Java v1. */
record V1Objects(OSS oss) implements ObjectPeer {
  @Override
  public void put(String bucket, String key, byte[] body, Description description) {
    put(bucket, key, body, metadata(description));
  }

  @Override
  public void putOnce(String bucket, String key, byte[] body) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setHeader("x-oss-forbid-overwrite", "true");
    put(bucket, key, body, metadata);
  }

  @Override
  public void putArchived(String bucket, String key, byte[] body) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setHeader("x-oss-storage-class", StorageClass.Archive.toString());
    put(bucket, key, body, metadata);
  }

  private void put(String bucket, String key, byte[] body, ObjectMetadata metadata) {
    understood(() -> oss.putObject(bucket, key, new ByteArrayInputStream(body), metadata));
  }

  private static ObjectMetadata metadata(Description description) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentType(description.contentType());
    metadata.setUserMetadata(description.metadata());
    return metadata;
  }

  @Override
  public String putWithCallback(String bucket, String key, byte[] body, String url, String callbackBody) {
    Callback callback = new Callback();
    callback.setCallbackUrl(url);
    callback.setCallbackBody(callbackBody);
    PutObjectRequest request = new PutObjectRequest(bucket, key, new ByteArrayInputStream(body));
    request.setCallback(callback);
    try (InputStream reply = understood(() -> oss.putObject(request)).getResponse().getContent()) {
      return new String(reply.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Description description(String bucket, String key) {
    ObjectMetadata metadata = understood(() -> oss.getObjectMetadata(bucket, key));
    return new Description(metadata.getContentType(), metadata.getUserMetadata());
  }

  @Override
  public long size(String bucket, String key) {
    return understood(() -> oss.getSimplifiedObjectMeta(bucket, key)).getSize();
  }

  @Override
  public void getToFile(String bucket, String key, Path file) {
    understood(() -> oss.getObject(new GetObjectRequest(bucket, key), file.toFile()));
  }

  @Override
  public byte[] range(String bucket, String key, long from, long to, boolean standard) {
    GetObjectRequest request = new GetObjectRequest(bucket, key).withRange(from, to);
    if (standard) {
      request.addHeader("x-oss-range-behavior", "standard");
    }
    return get(request);
  }

  @Override
  public byte[] getIf(String bucket, String key, String condition, String value) {
    GetObjectRequest request = new GetObjectRequest(bucket, key);
    switch (condition) {
      case "If-Match" -> request.setMatchingETagConstraints(List.of(value));
      case "If-None-Match" -> request.setNonmatchingETagConstraints(List.of(value));
      case "If-Modified-Since" -> request.setModifiedSinceConstraint(Date.from(HttpDates.parse(value)));
      case "If-Unmodified-Since" -> request.setUnmodifiedSinceConstraint(Date.from(HttpDates.parse(value)));
      default -> throw new IllegalArgumentException(condition);
    }
    return get(request);
  }

  private byte[] get(GetObjectRequest request) {
    try (OSSObject object = understood(() -> oss.getObject(request))) {
      return object.getObjectContent().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String copy(String bucket, String from, String to) {
    return understood(() -> oss.copyObject(bucket, from, bucket, to)).getETag();
  }

  @Override
  public void copy(String bucket, String from, String to, Description replacing) {
    CopyObjectRequest request = new CopyObjectRequest(bucket, from, bucket, to);
    request.setNewObjectMetadata(metadata(replacing));
    understood(() -> oss.copyObject(request));
  }

  @Override
  public List<String> delete(String bucket, List<String> keys, boolean quiet) {
    DeleteObjectsRequest request = new DeleteObjectsRequest(bucket).withKeys(keys).withQuiet(quiet).withEncodingType("url");
    return understood(() -> oss.deleteObjects(request)).getDeletedObjects();
  }

  @Override
  public String acl(String bucket, String key) {
    return understood(() -> oss.getObjectAcl(bucket, key)).getPermission().toString();
  }

  @Override
  public void acl(String bucket, String key, String acl) {
    understood(() -> oss.setObjectAcl(bucket, key, CannedAccessControlList.parse(acl)));
  }

  @Override
  public Map<String, String> tags(String bucket, String key) {
    return understood(() -> oss.getObjectTagging(bucket, key)).getAllTags();
  }

  @Override
  public void tags(String bucket, String key, Map<String, String> tags) {
    understood(() -> oss.setObjectTagging(bucket, key, tags));
  }

  @Override
  public void untag(String bucket, String key) {
    understood(() -> oss.deleteObjectTagging(bucket, key));
  }

  @Override
  public void link(String bucket, String key, String target) {
    understood(() -> oss.createSymlink(bucket, key, target));
  }

  @Override
  public String target(String bucket, String key) {
    return understood(() -> oss.getSymlink(bucket, key)).getTarget();
  }

  @Override
  public void restore(String bucket, String key) {
    understood(() -> oss.restoreObject(new RestoreObjectRequest(bucket, key, new RestoreConfiguration(2))));
  }
}
