package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV1.understood;

import com.aliyun.oss.OSS;
import com.aliyun.oss.model.Bucket;
import com.aliyun.oss.model.BucketInfo;
import com.aliyun.oss.model.BucketList;
import com.aliyun.oss.model.BucketStat;
import com.aliyun.oss.model.BucketVersioningConfiguration;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.CreateBucketRequest;
import com.aliyun.oss.model.SetBucketVersioningRequest;
import com.aliyun.oss.model.StorageClass;
import java.util.ArrayList;
import java.util.List;

/** Java v1. */
record V1Buckets(OSS oss) implements BucketPeer {
  @Override
  public void create(String bucket, String acl, String storageClass) {
    CreateBucketRequest request = new CreateBucketRequest(bucket);
    request.setCannedACL(CannedAccessControlList.parse(acl));
    request.setStorageClass(StorageClass.parse(storageClass));
    understood(() -> oss.createBucket(request));
  }

  @Override
  public void delete(String bucket) {
    understood(() -> oss.deleteBucket(bucket));
  }

  @Override
  public boolean exists(String bucket) {
    return understood(() -> oss.doesBucketExist(bucket));
  }

  @Override
  public List<String> names(String prefix, int pageSize) {
    List<String> names = new ArrayList<>();
    String marker = "";
    while (marker != null) {
      String after = marker;
      BucketList page = understood(() -> oss.listBuckets(prefix, after, pageSize));
      page.getBucketList().forEach(bucket -> names.add(bucket.getName()));
      marker = page.isTruncated() ? page.getNextMarker() : null;
    }
    return names;
  }

  @Override
  public Info info(String bucket) {
    BucketInfo info = understood(() -> oss.getBucketInfo(bucket));
    Bucket basic = info.getBucket();
    return new Info(basic.getName(), basic.getLocation(), basic.getStorageClass().toString(), info.getCannedACL().toString());
  }

  @Override
  public String location(String bucket) {
    return understood(() -> oss.getBucketLocation(bucket));
  }

  @Override
  public Stat stat(String bucket) {
    BucketStat stat = understood(() -> oss.getBucketStat(bucket));
    return new Stat(stat.getStorageSize(), stat.getObjectCount(), stat.getMultipartUploadCount());
  }

  @Override
  public String acl(String bucket) {
    return understood(() -> oss.getBucketAcl(bucket)).getCannedACL().toString();
  }

  @Override
  public void acl(String bucket, String acl) {
    understood(() -> oss.setBucketAcl(bucket, CannedAccessControlList.parse(acl)));
  }

  @Override
  public String versioning(String bucket) {
    String status = understood(() -> oss.getBucketVersioning(bucket)).getStatus();
    return status == null ? "" : status;
  }

  @Override
  public void versioning(String bucket, String status) {
    BucketVersioningConfiguration configuration = new BucketVersioningConfiguration(status);
    understood(() -> oss.setBucketVersioning(new SetBucketVersioningRequest(bucket, configuration)));
  }
}
