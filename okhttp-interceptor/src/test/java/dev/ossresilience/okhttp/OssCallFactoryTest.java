package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.append.OssAppender;
import dev.ossresilience.OssEndpoint;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.jvm.JvmClassMappingKt;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A factory's calls are calls as OkHttp's own. */
@Timeout(60)
class OssCallFactoryTest extends OverCallFactory {
  private Call get(String key) {
    return factory.newCall(request(key).get().build());
  }

  @Test
  void anEnqueuedCallRecovers() throws IOException {
    server.put("logs", "a", HELLO);
    server.faults().next(Fault.throttled("DownloadTrafficRateLimitExceeded"), Fault.internalError());
    try (Response response = enqueue(get("a")).get()) {
      assertThat(response.body().bytes()).isEqualTo(HELLO);
      assertThat(OssRetryInterceptor.reportOf(response).attempts()).isEqualTo(3);
      assertThat(response.request().header("Authorization")).as("nothing signed is handed out").isNull();
    }
  }

  @Test
  void aCallIsMadeOnceAndItsCloneAgain() throws IOException {
    server.put("logs", "a", HELLO);
    Call call = get("a");
    assertThat(call.isExecuted()).isFalse();
    call.execute().close();
    assertThat(call.isExecuted()).isTrue();
    assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class).hasMessage("Already Executed");
    assertThatThrownBy(() -> call.enqueue(new Answer())).isInstanceOf(IllegalStateException.class).hasMessage("Already Executed");
    Call clone = call.clone();
    assertThat(clone.isExecuted()).isFalse();
    assertThat(clone.request()).isSameAs(call.request());
    enqueue(clone).get().close();
  }

  @Test
  void requestsToOtherHostsAreTheClientsOwnCalls() throws IOException {
    String elsewhere = server.endpoint().replace("127.0.0.1", "localhost") + "/logs/app.log";
    try (Response response = factory.newCall(new Request.Builder().url(elsewhere).build()).execute()) {
      assertThat(OssRetryInterceptor.reportOf(response)).isNull();
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void aClientThatRetriesAlreadyIsRefused() {
    assertThatThrownBy(() -> OssCallFactory.of(client, resilience().build())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("OssRetryInterceptor");
  }

  @Test
  void aRedirectOfASignedRequestIsDeliveredAndNotFollowed() throws IOException {
    server.faults().next(Fault.redirect(server.endpoint() + "/logs/elsewhere"));
    try (Response response = get("a").execute()) {
      assertThat(response.code()).isBetween(300, 399);
    }
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void interceptorsOfBothKindsAndListenersSeeEachAttempt() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    OkHttpClient watched =
        plain.newBuilder()
            .addInterceptor(chain -> {
              seen.add("application " + (chain.request().header("Authorization") != null));
              return chain.proceed(chain.request());
            })
            .addNetworkInterceptor(chain -> {
              seen.add("network");
              return chain.proceed(chain.request());
            })
            .eventListener(new EventListener() {
              @Override
              public void callStart(Call call) {
                seen.add("start " + (call.request().header("Authorization") != null));
              }
            })
            .build();
    server.faults().next(Fault.internalError());
    List<String> added = new CopyOnWriteArrayList<>();
    Call call = OssCallFactory.of(watched, resilience().build()).newCall(request("a").get().build());
    if (OnOkHttp.canOverride()) {
      call.addEventListener(new EventListener() {
        @Override
        public void callStart(Call one) {
          added.add("start");
        }
      });
    }
    enqueue(call).get().close();
    assertThat(seen).containsExactly("start false", "application true", "network", "start false", "application true", "network");
    assertThat(added).hasSize(OnOkHttp.canOverride() ? 2 : 0);
  }

  @Test
  @EnabledIf("dev.ossresilience.okhttp.OnOkHttp#canOverride")
  void tagsAreTheRequestsAndThoseComputed() {
    Call call = factory.newCall(request("a").tag(String.class, "given").build());
    assertThat(call.tag(String.class)).isEqualTo("given");
    assertThat(call.tag(JvmClassMappingKt.getKotlinClass(String.class))).isEqualTo("given");
    assertThat(call.tag(Integer.class)).isNull();
    assertThat(call.tag(Integer.class, () -> 1)).isEqualTo(1);
    assertThat(call.tag(Integer.class, () -> 2)).isEqualTo(1);
    assertThat(call.tag(String.class, () -> "other")).isEqualTo("given");
    assertThat(call.clone().tag(Integer.class)).isNull();
  }

  @Test
  void aRetryAfterThatOkHttpCantReadIsOneMoreFailure() throws IOException {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      int[] times = {0};
      OkHttpClient odd =
          plain.newBuilder().addNetworkInterceptor(chain -> {
            Response response = chain.proceed(chain.request());
            return times[0]++ > 0 ? response : response.newBuilder().code(503).header("Retry-After", "99999999999").build();
          }).build();
      server.put("logs", "a", HELLO);
      try (Response response = enqueue(OssCallFactory.of(odd, resilience().build()).newCall(request("a").get().build())).get()) {
        assertThat(response.code()).isEqualTo(200);
      }
      assertThat(uncaught).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void whatACallbackThrowsIsNotSwallowedAndItIsToldOnce() throws Exception {
    server.put("logs", "a", HELLO);
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    CountDownLatch thrown = new CountDownLatch(2);
    List<String> told = new CopyOnWriteArrayList<>();
    Callback bad = new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        told.add("failure");
        throw new IllegalStateException("a bug of the callback's");
      }

      @Override
      public void onResponse(Call call, Response response) {
        told.add("response");
        response.close();
        throw new IllegalStateException("a bug of the callback's");
      }
    };
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
      uncaught.set(e);
      thrown.countDown();
    });
    try {
      get("a").enqueue(bad);
      Call cancelled = get("b");
      cancelled.cancel();
      cancelled.enqueue(bad);
      thrown.await();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught.get()).hasMessage("a bug of the callback's");
    assertThat(told).containsExactlyInAnyOrder("response", "failure");
    enqueue(get("a")).get().close(); // nothing is broken
  }

  @Test
  void aCallbackMayWaitForAnotherCall() throws IOException {
    Answer inner = new Answer();
    server.faults().next(Fault.error("AccessDenied"), Fault.internalError());
    Answer outer = new Answer() ;
    get("a").enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        outer.onFailure(call, e);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        get("b").enqueue(inner);
        try (Response second = inner.get()) {
          assertThat(second.code()).isEqualTo(404);
        }
        outer.onResponse(call, response);
      }
    });
    try (Response response = outer.get()) {
      assertThat(response.code()).isEqualTo(403);
    }
  }

  @Test
  void callbacksComeOnTheDispatchersThreads() throws IOException {
    server.put("logs", "a", HELLO);
    Answer success = enqueue(get("a"));
    success.get().close();
    server.faults().next(Fault.error("AccessDenied"));
    Answer refusal = enqueue(get("a"));
    refusal.get().close();
    List<Thread> threads = new ArrayList<>(success.threads);
    threads.addAll(refusal.threads);
    assertThat(threads).hasSize(2).allSatisfy(thread -> assertThat(thread.getName()).startsWith("OkHttp"));
  }

  @Test
  void aDispatcherThatWasShutDownEndsTheCall() {
    plain.dispatcher().executorService().shutdown();
    assertThatThrownBy(() -> enqueue(get("a")).get()).isInstanceOf(IOException.class).hasMessage("executor rejected");
    assertThat(reports).hasSize(1);
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void aDispatcherThatIsShutDownInAWaitEndsTheCall() {
    server.faults().next(Fault.internalError());
    OkHttpClient brief =
        plain.newBuilder().addNetworkInterceptor(chain -> {
          plain.dispatcher().executorService().shutdown();
          return chain.proceed(chain.request());
        }).build();
    Call call = OssCallFactory.of(brief, resilience().build()).newCall(appendRequest(0, RequestBody.create(HELLO, null)));
    assertThatThrownBy(() -> enqueue(call).get()).isInstanceOf(IOException.class);
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports).hasSize(1);
  }

  @Test
  void appendersWorkOverIt() throws IOException {
    OssAppender log = OssAppenders.open(factory, OssEndpoint.of(server.endpoint()), "logs", "app.log");
    server.faults().next(Fault.applyThenDrop());
    log.append(HELLO);
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
  }
}
