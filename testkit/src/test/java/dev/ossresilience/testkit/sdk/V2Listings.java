package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV2.understood;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.CommonPrefix;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectVersionsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectVersionsResult;
import com.aliyun.sdk.service.oss2.models.ListObjectsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsResult;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Result;
import com.aliyun.sdk.service.oss2.models.ObjectSummary;
import java.util.ArrayList;
import java.util.List;

/** Java v2, whose paginators turn the pages. */
record V2Listings(OSSClient oss) implements ListingPeer {
  @Override
  public Listing list(String bucket, String prefix, String delimiter, int pageSize) {
    ListObjectsRequest.Builder request = ListObjectsRequest.newBuilder().bucket(bucket).prefix(prefix).delimiter(delimiter);
    return understood(() -> {
      Listing listing = new Listing(new ArrayList<>(), new ArrayList<>(), 0);
      for (ListObjectsResult page : oss.listObjectsPaginator(request.maxKeys((long) pageSize).build())) {
        listing = with(listing, page.contents(), page.commonPrefixes());
      }
      return listing;
    });
  }

  @Override
  public Listing listV2(String bucket, String prefix, String delimiter, int pageSize) {
    ListObjectsV2Request.Builder request = ListObjectsV2Request.newBuilder().bucket(bucket).prefix(prefix).delimiter(delimiter);
    return understood(() -> {
      Listing listing = new Listing(new ArrayList<>(), new ArrayList<>(), 0);
      for (ListObjectsV2Result page : oss.listObjectsV2Paginator(request.maxKeys((long) pageSize).build())) {
        listing = with(listing, page.contents(), page.commonPrefixes());
      }
      return listing;
    });
  }

  /** The SDK gives null for no objects, and for no prefixes. */
  private static Listing with(Listing listing, List<ObjectSummary> objects, List<CommonPrefix> prefixes) {
    if (objects != null) {
      objects.forEach(object -> listing.keys().add(object.key()));
    }
    if (prefixes != null) {
      prefixes.forEach(prefix -> listing.prefixes().add(prefix.prefix()));
    }
    return new Listing(listing.keys(), listing.prefixes(), listing.pages() + 1);
  }

  @Override
  public List<Entry> versions(String bucket, int pageSize) {
    ListObjectVersionsRequest request = ListObjectVersionsRequest.newBuilder().bucket(bucket).maxKeys((long) pageSize).build();
    return understood(() -> {
      List<Entry> entries = new ArrayList<>();
      for (ListObjectVersionsResult page : oss.listObjectVersionsPaginator(request)) {
        if (page.deleteMarkers() != null) {
          page.deleteMarkers().forEach(one -> entries.add(new Entry(one.key(), one.versionId(), one.isLatest(), true)));
        }
        if (page.versions() != null) {
          page.versions().forEach(one -> entries.add(new Entry(one.key(), one.versionId(), one.isLatest(), false)));
        }
      }
      return entries;
    });
  }

  @Override
  public byte[] get(String bucket, String key, String versionId) {
    GetObjectRequest request = GetObjectRequest.newBuilder().bucket(bucket).key(key).versionId(versionId).build();
    return understood(() -> JavaV2.read(oss.getObject(request)));
  }

  @Override
  public void delete(String bucket, String key, String versionId) {
    understood(() -> oss.deleteObject(DeleteObjectRequest.newBuilder().bucket(bucket).key(key).versionId(versionId).build()));
  }
}
