package dev.ossresilience.testkit.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an official SDK does with one object, or a list of keys. */
interface ObjectPeer {
  record Description(String contentType, Map<String, String> metadata) {}

  void put(String bucket, String key, byte[] body, Description description);

  void putOnce(String bucket, String key, byte[] body);

  void putArchived(String bucket, String key, byte[] body);

  /** The application's answer. */
  String putWithCallback(String bucket, String key, byte[] body, String url, String callbackBody);

  Description description(String bucket, String key);

  /** By GetObjectMeta. */
  long size(String bucket, String key);

  void getToFile(String bucket, String key, Path file);

  byte[] range(String bucket, String key, long from, long to, boolean standard);

  byte[] getIf(String bucket, String key, String condition, String value);

  /** The ETag of the copy. */
  String copy(String bucket, String from, String to);

  void copy(String bucket, String from, String to, Description replacing);

  List<String> delete(String bucket, List<String> keys, boolean quiet);

  String acl(String bucket, String key);

  void acl(String bucket, String key, String acl);

  Map<String, String> tags(String bucket, String key);

  void tags(String bucket, String key, Map<String, String> tags);

  void untag(String bucket, String key);

  void link(String bucket, String key, String target);

  String target(String bucket, String key);

  void restore(String bucket, String key);
}
