package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.Query;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All operations the simulator knows. What it doesn't know, or doesn't know in full, it refuses with 501. */
public final class Operations {
  /** Headers that any request may have: they say who asks and how it is signed, or are stored as they are, or change nothing here. */
  private static final Set<String> COMMON_HEADERS =
      Set.of("x-oss-date", "x-oss-content-sha256", "x-oss-security-token", "x-oss-request-payer", "x-oss-traffic-limit");

  /** Query parameters that sign a request or say who pays. */
  private static final Set<String> COMMON_PARAMETERS =
      Set.of(
          "x-oss-signature-version",
          "x-oss-signature",
          "x-oss-credential",
          "x-oss-date",
          "x-oss-expires",
          "x-oss-additional-headers",
          "x-oss-security-token",
          "security-token",
          "OSSAccessKeyId",
          "Expires",
          "Signature");

  /** Headers of HTTP that change what is done. */
  private static final Set<String> CONDITIONS =
      Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

  private final Store store;
  private final List<Operation> known = new ArrayList<>();

  public Operations(Store store, ServerClock clock, String region) {
    Place place = new Place(region);
    this.store = store;
    known.addAll(new ObjectWrites(store, clock).operations());
    known.addAll(new ObjectReads(store, clock).operations());
    known.addAll(new Appends(store, clock).operations());
    known.addAll(new Copies(store, clock).operations());
    known.addAll(new Deletions(store, clock).operations());
    known.addAll(new ObjectAcls(store).operations());
    known.addAll(new ObjectTagging(store).operations());
    known.addAll(new Restores(store, clock).operations());
    known.addAll(new Buckets(store, clock, place).operations());
    known.addAll(new BucketSettings(store, place).operations());
    known.addAll(new BucketStat(store, clock).operations());
    known.addAll(new ObjectListings(store).operations());
    known.addAll(new VersionListings(store).operations());
    known.addAll(new MultipartUploads(store, clock).operations());
    known.addAll(new MultipartCompletion(store, clock, place).operations());
    known.addAll(new MultipartListings(store).operations());
    known.sort(Comparator.comparingInt(Operation::demands).reversed());
  }

  /** Whether a request may be carried out for somebody who has not signed it. */
  public boolean isOpenToAll(OssRequest request) {
    synchronized (store) {
      return known.stream()
          .filter(operation -> operation.fits(request))
          .findFirst()
          .map(operation -> PublicAccess.allows(store, operation, request))
          .orElse(false);
    }
  }

  /** Carries out a request that has passed authentication, in one step as seen by all others. */
  public Outcome handle(OssRequest request) {
    boolean reads = request.isHead() || request.method().equals("GET");
    if (reads && (!"0".equals(request.headers().getOrDefault("content-length", "0")) || request.header("transfer-encoding") != null)) {
      return notSimulated(request, "a body").closing();
    }
    for (Operation operation : known) {
      if (operation.fits(request)) {
        String unheeded = unheeded(operation, request);
        return unheeded == null ? withCallback(operation, request) : notSimulated(request, unheeded);
      }
    }
    return notSimulated(request, null);
  }

  /** The callback is called without the store's lock, so that the application may read what was stored before it answers. */
  private Outcome withCallback(Operation operation, OssRequest request) {
    Callback.Reading reading = Callback.read(request);
    if (reading.failure() != null) {
      return reading.failure();
    }
    Outcome outcome = carryOut(operation, request);
    Callback callback = reading.callback();
    boolean done = outcome instanceof Answer answer && answer.status() == 200;
    return done && callback != null ? callback.call(request, (Answer) outcome, stored(request)) : outcome;
  }

  private @Nullable StoredObject stored(OssRequest request) {
    synchronized (store) {
      return store.get(request.bucketName(), request.keyName());
    }
  }

  private Outcome carryOut(Operation operation, OssRequest request) {
    synchronized (store) {
      String bucket = request.bucket();
      if (bucket != null && !store.hasBucket(bucket) && !operation.name().equals("PutBucket")) {
        return Failure.of("NoSuchBucket").element("BucketName", bucket);
      }
      return operation.handler().handle(request);
    }
  }

  /** What of a request the operation would not heed; null if nothing. */
  private static @Nullable String unheeded(Operation operation, OssRequest request) {
    for (Query.Parameter parameter : request.query().parameters()) {
      String name = parameter.name();
      if (!operation.required().contains(name) && !operation.optional().contains(name) && !COMMON_PARAMETERS.contains(name)) {
        return "?" + name;
      }
    }
    for (String name : request.headers().keySet()) {
      boolean changesSomething = CONDITIONS.contains(name) || (name.startsWith("x-oss-") && !name.startsWith("x-oss-meta-"));
      if (changesSomething && !operation.headers().contains(name) && !COMMON_HEADERS.contains(name)) {
        return name;
      }
    }
    return null;
  }

  /** 501 and not OSS's 400 NotImplemented: it must be plain that the simulator is at its end, not the caller. */
  public static Failure notSimulated(OssRequest request, @Nullable String because) {
    String what = request.method() + " " + request.target() + (because == null ? "" : " with " + because);
    return Failure.of("NotImplemented").status(501).message("The simulator doesn't do " + what, "");
  }
}
