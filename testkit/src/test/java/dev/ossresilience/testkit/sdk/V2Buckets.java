package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV2.understood;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.BucketInfo;
import com.aliyun.sdk.service.oss2.models.BucketStat;
import com.aliyun.sdk.service.oss2.models.CreateBucketConfiguration;
import com.aliyun.sdk.service.oss2.models.DeleteBucketRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketAclRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketAclResult;
import com.aliyun.sdk.service.oss2.models.GetBucketInfoRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketLocationRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketStatRequest;
import com.aliyun.sdk.service.oss2.models.GetBucketVersioningRequest;
import com.aliyun.sdk.service.oss2.models.ListBucketsRequest;
import com.aliyun.sdk.service.oss2.models.ListBucketsResult;
import com.aliyun.sdk.service.oss2.models.PutBucketAclRequest;
import com.aliyun.sdk.service.oss2.models.PutBucketRequest;
import com.aliyun.sdk.service.oss2.models.PutBucketVersioningRequest;
import com.aliyun.sdk.service.oss2.models.VersioningConfiguration;
import java.util.ArrayList;
import java.util.List;

/** Java v2. */
record V2Buckets(OSSClient oss) implements BucketPeer {
  @Override
  public void create(String bucket, String acl, String storageClass) {
    CreateBucketConfiguration configuration = CreateBucketConfiguration.newBuilder().storageClass(storageClass).build();
    PutBucketRequest.Builder request = PutBucketRequest.newBuilder().bucket(bucket).acl(acl);
    understood(() -> oss.putBucket(request.createBucketConfiguration(configuration).build()));
  }

  @Override
  public void delete(String bucket) {
    understood(() -> oss.deleteBucket(DeleteBucketRequest.newBuilder().bucket(bucket).build()));
  }

  @Override
  public boolean exists(String bucket) {
    return understood(() -> oss.doesBucketExist(bucket));
  }

  @Override
  public List<String> names(String prefix, int pageSize) {
    ListBucketsRequest request = ListBucketsRequest.newBuilder().prefix(prefix).maxKeys((long) pageSize).build();
    return understood(() -> {
      List<String> names = new ArrayList<>();
      for (ListBucketsResult page : oss.listBucketsPaginator(request)) {
        page.buckets().forEach(bucket -> names.add(bucket.name()));
      }
      return names;
    });
  }

  @Override
  public Info info(String bucket) {
    BucketInfo info = understood(() -> oss.getBucketInfo(GetBucketInfoRequest.newBuilder().bucket(bucket).build())).bucketInfo();
    return new Info(info.name(), info.location(), info.storageClass(), info.accessControlList().grant());
  }

  @Override
  public String location(String bucket) {
    return understood(() -> oss.getBucketLocation(GetBucketLocationRequest.newBuilder().bucket(bucket).build())).locationConstraint();
  }

  @Override
  public Stat stat(String bucket) {
    BucketStat stat = understood(() -> oss.getBucketStat(GetBucketStatRequest.newBuilder().bucket(bucket).build())).bucketStat();
    return new Stat(stat.storage(), stat.objectCount(), stat.multipartUploadCount());
  }

  @Override
  public String acl(String bucket) {
    GetBucketAclResult result = understood(() -> oss.getBucketAcl(GetBucketAclRequest.newBuilder().bucket(bucket).build()));
    return result.accessControlPolicy().accessControlList().grant();
  }

  @Override
  public void acl(String bucket, String acl) {
    understood(() -> oss.putBucketAcl(PutBucketAclRequest.newBuilder().bucket(bucket).acl(acl).build()));
  }

  @Override
  public String versioning(String bucket) {
    GetBucketVersioningRequest request = GetBucketVersioningRequest.newBuilder().bucket(bucket).build();
    String status = understood(() -> oss.getBucketVersioning(request)).versioningConfiguration().status();
    return status == null ? "" : status;
  }

  @Override
  public void versioning(String bucket, String status) {
    VersioningConfiguration configuration = VersioningConfiguration.newBuilder().status(status).build();
    PutBucketVersioningRequest.Builder request = PutBucketVersioningRequest.newBuilder().bucket(bucket);
    understood(() -> oss.putBucketVersioning(request.versioningConfiguration(configuration).build()));
  }
}
