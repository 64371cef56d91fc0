package dev.ossresilience.testkit;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.auth.Authenticator;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.limit.LimitSettings;
import dev.ossresilience.testkit.limit.Throttle;
import dev.ossresilience.testkit.operation.Operations;
import dev.ossresilience.testkit.operation.Service;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Versioning;
import dev.ossresilience.testkit.time.ServerClock;
import dev.ossresilience.testkit.wire.Courier;
import dev.ossresilience.testkit.wire.FaultPlan;
import dev.ossresilience.testkit.wire.FrontEnd;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A small OSS inside this process, on the loopback interface, that misbehaves on demand. It lists, makes and deletes buckets; puts,
 * gets, heads, copies, appends, uploads in parts, lists, deletes and restores objects; keeps their versions, ACLs and tags; checks
 * dates, V1 and V4 signatures in headers and presigned URLs; and answers as OSS does on the wire. Whatever else it is asked it
 * refuses with 501. Thread-safe.
 *
 * <p>Objects are held in memory and can have no more than 2,147,483,639 bytes; OSS's own limits are far beyond, but what would exceed
 * this one is refused as OSS does it, with 400 EntityTooLarge.
 *
 * <p>A bucket is named in the path ({@code http://127.0.0.1:port/bucket/key}), or in the host where that is
 * {@code bucket.localhost} or {@code bucket.oss-cn-hangzhou.aliyuncs.com}; for the latter a client takes the simulator for its plain
 * HTTP proxy, or resolves the name to it.
 */
public final class OssSimulator implements AutoCloseable {
  private final ServerClock clock;
  private final Store store;
  private final Authenticator authenticator;
  private final FaultPlan plan = new FaultPlan();
  private final Faults faults = new Faults(plan);
  private final Throttle throttle;
  private final Courier courier;
  private final FrontEnd frontEnd;

  private OssSimulator(Builder builder) {
    clock = new ServerClock(builder.time);
    store = new Store(builder.buckets.isEmpty() ? Set.of("logs") : builder.buckets, clock.now());
    authenticator = new Authenticator(builder.region, builder.credentials, clock);
    builder.tokenExpiry.forEach(authenticator::expire);
    Responder responder = new Responder(clock);
    throttle = new Throttle(builder.limits, builder.time, builder.waiter);
    Service service = new Service(authenticator, throttle, new Operations(store, clock, builder.region), responder);
    courier = new Courier(service, responder, store, clock, plan);
    frontEnd = new FrontEnd(courier, throttle, plan);
  }

  /** Region cn-hangzhou, access key "ak" with secret "sk", one bucket "logs", the clocks of this machine, any free port. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens, for example {@code http://127.0.0.1:41234}. */
  public String endpoint() {
    return "http://127.0.0.1:" + frontEnd.port();
  }

  /** Which faults requests meet. */
  public Faults faults() {
    return faults;
  }

  /** The object's bytes now, null if there is no such object. */
  public byte @Nullable [] bytesOf(String bucket, String key) {
    return store.bytesOf(bucket, key);
  }

  /** Replaces an object by an appendable one, as another writer would. */
  public void put(String bucket, String key, byte[] bytes) {
    StoredObject object = StoredObject.appendable(Collections.emptySortedMap(), clock.now());
    object.append(ByteString.of(bytes), clock.now());
    store.put(bucket, key, object);
  }

  /**
   * Appends to an object, as another writer would; creates it if it is absent.
   *
   * @throws IllegalStateException if there is no such bucket or the object is not appendable
   */
  public void append(String bucket, String key, byte[] bytes) {
    if (bytes.length > 0 && !store.foreignAppend(bucket, key, ByteString.of(bytes), clock.now())) {
      throw new IllegalStateException("can't append to " + bucket + "/" + key + ": no such bucket, or not an appendable object");
    }
  }

  /** Deletes an object, as another writer would. */
  public void delete(String bucket, String key) {
    store.remove(bucket, key, clock.now());
  }

  /** As PutBucketVersioning does. */
  void versioning(String bucket, Versioning versioning) {
    synchronized (store) {
      store.bucket(bucket).versioning(versioning);
    }
  }

  /** Every byte that a second writer appended to an object of that name, by {@link #append} or by a fault, in order. */
  public byte[] foreignBytes(String bucket, String key) {
    return store.foreignBytes(bucket, key);
  }

  /** Sets how far the server's clock is ahead of its time source from now on. */
  public void clockOffset(Duration offset) {
    clock.setOffset(offset);
  }

  /** Accepts these credentials and no others from now on: the new ones after a rotation, the old and the new ones during it. */
  public void credentials(Credentials... accepted) {
    authenticator.accept(List.of(accepted));
  }

  /**
   * Refuses a security token as expired from {@code at} on, by the server's clock; also when its credentials are no longer accepted,
   * as OSS knows which tokens there have been.
   */
  public void tokenExpires(String securityToken, Instant at) {
    authenticator.expire(Objects.requireNonNull(securityToken, "securityToken"), Objects.requireNonNull(at, "at"));
  }

  /** Delivers at once what {@link Fault#deliverLater} and {@link Fault#lateDuplicate} still hold back. */
  public void deliverHeldRequests() {
    courier.deliverHeld(true);
  }

  /**
   * The requests so far, at most the newest 100,000, in the order in which they were answered or dropped, those included that never
   * arrived in full.
   */
  public List<ReceivedRequest> requests() {
    return frontEnd.received();
  }

  /** How many requests there were so far. */
  public int requestCount() {
    return Math.toIntExact(frontEnd.count());
  }

  /** How often each of the {@link Limits} struck, by error code, and how often an answer was {@code slowed}. */
  public Map<String, Integer> limitsStruck() {
    return throttle.struck();
  }

  /** Closes all connections and frees the port. */
  @Override
  public void close() {
    frontEnd.stop();
  }

  /** What to simulate. Not thread-safe. */
  public static final class Builder {
    private final Set<String> buckets = new LinkedHashSet<>();
    private String region = "cn-hangzhou";
    private final Map<String, Instant> tokenExpiry = new HashMap<>();
    private List<Credentials> credentials = List.of(Credentials.of("ak", "sk"));
    private TimeSource time = TimeSource.system();
    private @Nullable Waiter waiter;
    private LimitSettings limits = LimitSettings.NONE;
    private int port;

    private Builder() {}

    /** The region that signatures must be made for. */
    public Builder region(String newRegion) {
      region = Objects.requireNonNull(newRegion, "region");
      return this;
    }

    /** The only credentials that are accepted; with a security token, requests must carry it. */
    public Builder credentials(Credentials... accepted) {
      credentials = List.of(accepted);
      return this;
    }

    /** From when on a security token is refused as expired, by the server's clock; without this it never is. */
    public Builder tokenExpires(String securityToken, Instant at) {
      tokenExpiry.put(Objects.requireNonNull(securityToken, "securityToken"), Objects.requireNonNull(at, "at"));
      return this;
    }

    /** One more bucket; the default one exists only if none is named. */
    public Builder bucket(String name) {
      buckets.add(Objects.requireNonNull(name, "bucket"));
      return this;
    }

    /** The true time. */
    public Builder time(TimeSource newTime) {
      time = Objects.requireNonNull(newTime, "time");
      return this;
    }

    /** The true time, and how to wait for it to pass where {@link Limits.Builder#slowing} wants it. */
    public Builder time(TimeSource newTime, Waiter newWaiter) {
      waiter = Objects.requireNonNull(newWaiter, "waiter");
      return time(newTime);
    }

    /** How much clients may ask; without this, as much as they like. */
    public Builder limits(Limits newLimits) {
      limits = newLimits.settings;
      return this;
    }

    /** The port to listen on, 0 for any free one. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /**
     * Starts listening.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public OssSimulator start() {
      OssSimulator simulator = new OssSimulator(this);
      try {
        simulator.frontEnd.start(port);
      } catch (IOException e) {
        simulator.close();
        throw new UncheckedIOException("can't listen on 127.0.0.1:" + port + ": choose another port, or 0 for any free one", e);
      }
      return simulator;
    }
  }
}
