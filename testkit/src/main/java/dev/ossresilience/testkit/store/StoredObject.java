package dev.ossresilience.testkit.store;

import dev.ossresilience.crc.Crc64;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An object: bytes that may grow, and what OSS says of them. Guarded by the lock of its {@link Store}.
 *
 * <p>The array grows by doubling and the checksum is continued, so that a test may append ten thousand times to one object.
 */
public final class StoredObject {
  /** Bytes: as many as one array can have on all usual JVMs, a little under 2 GiB. */
  public static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final ObjectType type;
  private final SortedMap<String, String> metadata;
  private final Crc64 crc = new Crc64();
  private byte[] bytes = new byte[0];
  private int length;
  private int appends;
  private Instant lastModified;
  private String etag;
  private String storageClass = "Standard";
  private String acl = "default";
  private SortedMap<String, String> tags = Collections.emptySortedMap();
  private @Nullable String symlinkTarget;
  private @Nullable Restoration restoration;

  private StoredObject(ObjectType type, SortedMap<String, String> metadata, Instant now) {
    this.type = type;
    this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    this.lastModified = now;
    this.etag = "";
  }

  /**
   * An object put as a whole.
   *
   * @param metadata headers to answer reads with
   */
  public static StoredObject normal(ByteString content, SortedMap<String, String> metadata, Instant now) {
    return whole(ObjectType.NORMAL, content, content.md5().hex().toUpperCase(Locale.ROOT), metadata, now);
  }

  /**
   * An object assembled of parts.
   *
   * @param etag without quotes
   * @param metadata headers to answer reads with
   */
  public static StoredObject multipart(ByteString content, String etag, SortedMap<String, String> metadata, Instant now) {
    return whole(ObjectType.MULTIPART, content, etag, metadata, now);
  }

  private static StoredObject whole(
      ObjectType type, ByteString content, String etag, SortedMap<String, String> metadata, Instant now) {
    StoredObject object = new StoredObject(type, metadata, now);
    object.add(content);
    object.etag = etag;
    return object;
  }

  /**
   * A name for another object of the same bucket.
   *
   * @param metadata headers to answer reads with
   */
  public static StoredObject symlink(String target, SortedMap<String, String> metadata, Instant now) {
    String etag = ByteString.encodeUtf8(target).md5().hex().toUpperCase(Locale.ROOT);
    StoredObject object = whole(ObjectType.SYMLINK, ByteString.EMPTY, etag, metadata, now);
    object.symlinkTarget = target;
    return object;
  }

  /**
   * An empty object to append to.
   *
   * @param metadata headers to answer reads with
   */
  public static StoredObject appendable(SortedMap<String, String> metadata, Instant now) {
    StoredObject object = new StoredObject(ObjectType.APPENDABLE, metadata, now);
    object.etag = object.pseudoEtag();
    return object;
  }

  public void append(ByteString content, Instant now) {
    if (content.size() > 0) { // appending nothing is no change
      add(content);
      appends++;
      lastModified = now;
      etag = pseudoEtag();
    }
  }

  public ObjectType type() {
    return type;
  }

  public boolean isAppendable() {
    return type == ObjectType.APPENDABLE;
  }

  public int length() {
    return length;
  }

  /** The CRC64 of the whole object as OSS writes it. */
  public String crc64() {
    return Long.toUnsignedString(crc.getValue());
  }

  /** In quotes, as in the header. */
  public String etag() {
    return '"' + etag + '"';
  }

  public Instant lastModified() {
    return lastModified;
  }

  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** As OSS writes it, for example "Standard". */
  public String storageClass() {
    return storageClass;
  }

  public void storageClass(String changed) {
    storageClass = changed;
  }

  /** Who may read and write it; "default" if the bucket decides. */
  public String acl() {
    return acl;
  }

  public void acl(String changed) {
    acl = changed;
  }

  public SortedMap<String, String> tags() {
    return tags;
  }

  public void tags(SortedMap<String, String> changed) {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
  }

  /** The key that a symlink stands for; null if this is no symlink. */
  public @Nullable String symlinkTarget() {
    return symlinkTarget;
  }

  /** Whether its class is one whose objects can't be read before they are restored. */
  public boolean isArchived() {
    return storageClass.endsWith("Archive");
  }

  public boolean isReadable(Instant now) {
    return !isArchived() || (restoration != null && restoration.isReadable(now));
  }

  /** The last restoration, which may have expired. */
  public @Nullable Restoration restoration() {
    return restoration;
  }

  public void restoration(Restoration started) {
    restoration = started;
  }

  /** The bytes from {@code from} up to but without {@code to}. */
  public byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Whether an object of so many bytes can get so many more. */
  public static boolean fits(long length, long more) {
    return length + more <= MAX_LENGTH;
  }

  private void add(ByteString content) {
    int newLength = Math.addExact(length, content.size());
    if (newLength > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(newLength, (int) Math.min(2L * bytes.length, MAX_LENGTH)));
    }
    byte[] added = content.toByteArray();
    System.arraycopy(added, 0, bytes, length, added.length);
    crc.update(added, 0, added.length);
    length = newLength;
  }

  /** An appendable object's ETag changes with every append and is not the MD5 of its bytes. */
  private String pseudoEtag() {
    return String.format(Locale.ROOT, "%016X%08X00000000", crc.getValue(), appends);
  }
}
