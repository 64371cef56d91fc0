package dev.ossresilience.testkit.sdk;

import java.util.List;

/** How an official SDK lists a bucket and handles versions of objects; listings are read to their end. */
interface ListingPeer {
  record Listing(List<String> keys, List<String> prefixes, int pages) {}

  record Entry(String key, String versionId, boolean latest, boolean deleteMarker) {}

  Listing list(String bucket, String prefix, String delimiter, int pageSize);

  Listing listV2(String bucket, String prefix, String delimiter, int pageSize);

  List<Entry> versions(String bucket, int pageSize);

  byte[] get(String bucket, String key, String versionId);

  void delete(String bucket, String key, String versionId);
}
