package dev.ossresilience.testkit.sdk;

import static dev.ossresilience.testkit.sdk.JavaV1.understood;

import com.aliyun.oss.OSS;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.ListObjectsV2Request;
import com.aliyun.oss.model.ListObjectsV2Result;
import com.aliyun.oss.model.ListVersionsRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.OSSVersionSummary;
import com.aliyun.oss.model.ObjectListing;
import com.aliyun.oss.model.VersionListing;
import dev.ossresilience.http.PercentEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Java v1, whose callers turn the pages themselves. Nor does it decode names, if asked to have them encoded. */
record V1Listings(OSS oss) implements ListingPeer {
  @Override
  public Listing list(String bucket, String prefix, String delimiter, int pageSize) {
    List<String> keys = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    ListObjectsRequest request = new ListObjectsRequest(bucket, prefix, null, delimiter, pageSize).withEncodingType("url");
    int pages = 0;
    for (boolean more = true; more; pages++) {
      ObjectListing page = understood(() -> oss.listObjects(request));
      page.getObjectSummaries().forEach(object -> keys.add(decoded(object.getKey())));
      page.getCommonPrefixes().forEach(common -> prefixes.add(decoded(common)));
      request.setMarker(decoded(page.getNextMarker()));
      more = page.isTruncated();
    }
    return new Listing(keys, prefixes, pages);
  }

  @Override
  public Listing listV2(String bucket, String prefix, String delimiter, int pageSize) {
    List<String> keys = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    ListObjectsV2Request request = new ListObjectsV2Request(bucket, prefix).withDelimiter(delimiter).withMaxKeys(pageSize);
    request.setEncodingType("url");
    int pages = 0;
    for (boolean more = true; more; pages++) {
      ListObjectsV2Result page = understood(() -> oss.listObjectsV2(request));
      page.getObjectSummaries().forEach(object -> keys.add(decoded(object.getKey())));
      page.getCommonPrefixes().forEach(common -> prefixes.add(decoded(common)));
      request.setContinuationToken(page.getNextContinuationToken());
      more = page.isTruncated();
    }
    return new Listing(keys, prefixes, pages);
  }

  @Override
  public List<Entry> versions(String bucket, int pageSize) {
    List<Entry> entries = new ArrayList<>();
    ListVersionsRequest request = new ListVersionsRequest(bucket, null, null, null, null, pageSize).withEncodingType("url");
    for (boolean more = true; more; ) {
      VersionListing page = understood(() -> oss.listVersions(request));
      for (OSSVersionSummary version : page.getVersionSummaries()) {
        entries.add(new Entry(version.getKey(), version.getVersionId(), version.isLatest(), version.isDeleteMarker()));
      }
      request.setKeyMarker(page.getNextKeyMarker());
      request.setVersionIdMarker(page.getNextVersionIdMarker());
      more = page.isTruncated();
    }
    return entries;
  }

  @Override
  public byte[] get(String bucket, String key, String versionId) {
    try (OSSObject object = understood(() -> oss.getObject(new GetObjectRequest(bucket, key, versionId)))) {
      return object.getObjectContent().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String bucket, String key, String versionId) {
    understood(() -> oss.deleteVersion(bucket, key, versionId));
  }

  private static String decoded(String name) {
    return name == null ? null : PercentEncoding.decode(name);
  }
}
