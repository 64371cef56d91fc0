package dev.ossresilience.examples.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssCallFactory;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A program that has a backlog to upload: when an upload ends it begins the next one. Uploads that wait hold no thread. */
final class BusyClient implements Callback {
  private final OssResilience oss;
  private final String bucket;
  private final String prefix;
  private final OkHttpClient client;
  private final Call.Factory calls;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Queue<String> stored = new ConcurrentLinkedQueue<>();
  private final Set<Call> open = ConcurrentHashMap.newKeySet();
  private final Phaser underWay = new Phaser(1);
  private volatile boolean stopped;

  BusyClient(OssResilience oss, String bucket, String prefix, int atOnce) {
    this.oss = oss;
    this.bucket = bucket;
    this.prefix = prefix;
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce); // 5 unless told otherwise, and a bucket is one host
    client = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    calls = OssCallFactory.of(client, oss);
  }

  /** Begins one more upload, unless stopped. */
  void next() {
    if (stopped) {
      return;
    }
    String key = prefix + begun.incrementAndGet();
    Request put = new Request.Builder().url(oss.endpoint().urlOf(bucket, key)).put(RequestBody.create(key.getBytes(UTF_8), null)).tag(String.class, key).build();
    Call call = calls.newCall(put);
    underWay.register();
    open.add(call);
    if (stopped) { // meanwhile
      call.cancel();
    }
    call.enqueue(this);
  }

  @Override
  public void onResponse(Call call, Response response) {
    response.close();
    if (response.isSuccessful()) {
      stored.add(call.request().tag(String.class));
    } else {
      failed.incrementAndGet(); // refused even at its last attempt
    }
    ended(call);
  }

  @Override
  public void onFailure(Call call, IOException failure) {
    failed.addAndGet(stopped ? 0 : 1);
    ended(call);
  }

  private void ended(Call call) {
    open.remove(call);
    next();
    underWay.arriveAndDeregister();
  }

  /** Gives up what is not yet stored, and returns when nothing is under way any more. */
  void stop() {
    stopped = true;
    open.forEach(Call::cancel);
    underWay.arriveAndAwaitAdvance();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** The keys of what is stored, as far as this client was told. */
  List<String> stored() {
    return List.copyOf(stored);
  }

  /** How many uploads came to nothing. */
  int failed() {
    return failed.get();
  }
}
