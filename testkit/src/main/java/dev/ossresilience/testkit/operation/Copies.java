package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.CopySource;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.store.Versioning;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** CopyObject. */
final class Copies {
  static final String SOURCE = "x-oss-copy-source";

  /** Under which a source may be copied. */
  static final String[] CONDITIONS = {
    SOURCE + "-if-match", SOURCE + "-if-none-match", SOURCE + "-if-modified-since", SOURCE + "-if-unmodified-since"
  };

  private static final String METADATA = "x-oss-metadata-directive";
  private static final String TAGGING = "x-oss-tagging-directive";

  private final Store store;
  private final ServerClock clock;

  Copies(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("CopyObject", "PUT", Level.OBJECT, this::copy)
            .needing(SOURCE)
            .heeding(ObjectHeaders.DESCRIBING)
            .heeding(CONDITIONS)
            .heeding(METADATA, TAGGING, "x-oss-forbid-overwrite"));
  }

  private Outcome copy(OssRequest request) {
    String header = Objects.requireNonNull(request.header(SOURCE), SOURCE); // without it this is a PutObject
    CopySource source = CopySource.parse(header);
    if (source == null) {
      return Wrong.argument(SOURCE, header)
          .message("Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.", "");
    }
    Failure refused = WriteChecks.first(WriteChecks.request(request), directive(request, METADATA), directive(request, TAGGING));
    if (refused != null) {
      return refused;
    }
    if (!store.hasBucket(source.bucket())) {
      return Failure.of("NoSuchBucket").element("BucketName", source.bucket());
    }
    Bucket from = store.bucket(source.bucket());
    Version version = Lookup.find(from, source.key(), source.versionId());
    StoredObject original = version == null ? null : version.object();
    if (version == null || original == null) {
      return Lookup.missing("PUT", from, source.key(), source.versionId(), version);
    }
    Outcome answer = copy(request, source, original);
    return answer instanceof Answer done && from.versioning() != Versioning.OFF && done.status() == 200
        ? done.with("x-oss-copy-source-version-id", version.versionId())
        : answer;
  }

  private Outcome copy(OssRequest request, CopySource source, StoredObject original) {
    Bucket to = store.bucket(request.bucketName());
    Outcome unmet = Preconditions.unmet(request, SOURCE + "-", original);
    if (unmet != null) {
      return unmet;
    }
    if (!original.isReadable(clock.now())) {
      return Failure.of("InvalidObjectState");
    }
    Failure exists = WriteChecks.overwriting(request, to);
    if (exists != null) {
      return exists;
    }
    StoredObject copy = copyOf(request, source, original);
    Answer answer =
        new Xml()
            .group("CopyObjectResult", result -> result.text("ETag", copy.etag()).text("LastModified", HttpDates.iso(copy.lastModified())))
            .answer()
            .with("ETag", copy.etag())
            .with("x-oss-hash-crc64ecma", copy.crc64());
    return Lookup.versioned(answer, to, to.put(request.keyName(), copy));
  }

  /** A normal object whatever the original is, but for a symlink, which stays one; the ACL never goes with it. */
  private StoredObject copyOf(OssRequest request, CopySource source, StoredObject original) {
    // An object copied to itself is one whose headers are to be changed, whatever the directive says.
    boolean itself =
        source.bucket().equals(request.bucketName()) && source.key().equals(request.keyName()) && source.versionId() == null;
    boolean replaces = itself || replaces(request, METADATA);
    SortedMap<String, String> metadata = replaces ? ObjectHeaders.metadata(request) : original.metadata();
    String target = original.symlinkTarget();
    StoredObject copy =
        target == null
            ? StoredObject.normal(ByteString.of(original.slice(0, original.length())), metadata, clock.now())
            : StoredObject.symlink(target, metadata, clock.now());
    ObjectHeaders.describe(request, store.bucket(request.bucketName()), copy);
    if (!replaces(request, TAGGING)) {
      copy.tags(original.tags());
    }
    return copy;
  }

  private static boolean replaces(OssRequest request, String directive) {
    return "replace".equalsIgnoreCase(request.header(directive));
  }

  private static @Nullable Failure directive(OssRequest request, String name) {
    String value = request.header(name);
    if (value == null || Set.of("copy", "replace").contains(value.toLowerCase(Locale.ROOT))) {
      return null;
    }
    return Wrong.argument(name, value);
  }
}
