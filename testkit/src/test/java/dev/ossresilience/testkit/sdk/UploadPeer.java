package dev.ossresilience.testkit.sdk;

import java.nio.file.Path;
import java.util.List;

/** How an official SDK uploads in parts, and its helpers that do so for whole files. */
interface UploadPeer {
  String start(String bucket, String key);

  /** The part's ETag as the SDK wants it back. */
  String part(String bucket, String key, String uploadId, int number, byte[] body);

  /** The ETag, too. */
  String copyPart(String bucket, String from, long first, long last, String key, String uploadId, int number);

  /** The sizes of all parts. */
  List<Long> parts(String bucket, String key, String uploadId, int pageSize);

  /** The keys of all uploads. */
  List<String> uploads(String bucket, int pageSize);

  /** The object's ETag. */
  String complete(String bucket, String key, String uploadId, List<String> etags);

  void abort(String bucket, String key, String uploadId);

  void uploadFile(String bucket, String key, Path file, long partSize);

  void downloadFile(String bucket, String key, Path file, long partSize);
}
