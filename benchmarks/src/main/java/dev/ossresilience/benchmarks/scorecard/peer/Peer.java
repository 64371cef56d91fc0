package dev.ossresilience.benchmarks.scorecard.peer;

import java.util.List;

/**
 * A client of OSS as a program would use it, all of its operations on one bucket. An operation tells what its caller was told and throws
 * nothing: an exception of the client's is part of what it tells.
 */
public interface Peer extends AutoCloseable {
  /** The bucket of everybody. */
  String BUCKET = "logs";

  /** How long each client waits for bytes of an answer, in milliseconds: short, since silence is one of the scripts. */
  int READ_TIMEOUT_MILLIS = 2000;

  /** Puts an object, in the place of another if there is one. */
  Told put(String key, Body body);

  /** Puts an object where there is none. */
  Told putIfAbsent(String key, Body body);

  /** Puts an object and has OSS call back {@code url}. */
  Told putWithCallback(String key, Body body, String url);

  /** Reads an object to its end. */
  Told get(String key);

  /** Asks for an object's length, which is what is told. */
  Told head(String key);

  /** Appends at a position. */
  Told append(String key, long position, Body body);

  /** Deletes an object. */
  Told delete(String key);

  /** Starts an upload in parts; its id is what is told. */
  Told startUpload(String key);

  /** Uploads a part; its ETag is what is told. */
  Told part(String key, String uploadId, int number, Body body);

  /** Makes one object of the parts with these ETags. */
  Told complete(String key, String uploadId, List<String> etags);

  @Override
  void close();
}
