package dev.ossresilience.okhttp;

import dev.ossresilience.driver.AsyncClientBinding;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * One call of which each attempt and each probe is a call of a client of ours. To that client they all look like the caller's request;
 * what really goes out takes its place when the dispatcher lets it.
 */
final class AttemptsBinding extends OkHttpBinding implements AsyncClientBinding<Request, Response>, Callback {
  /** What waited for a slot of the dispatcher until nothing may be sent any more. */
  private static final class TooLateException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLateException() {
      super("the total timeout passed while a request waited for the dispatcher to let it go: see Dispatcher.setMaxRequestsPerHost");
    }
  }

  private final OssCall call;
  private final AttemptClients clients;
  private final AttemptWatch watch;
  private @Nullable Runnable opening;

  /** Has the slot in which the call begins, while it does. */
  private volatile @Nullable Thread beginner;

  /** Known to the beginner only. */
  private boolean sentInOpeningSlot;

  /** What had the slot in which the call began, if nothing was sent in it. */
  private volatile @Nullable Call emptyHanded;

  private Consumer<IOException> refused = nobody -> {};
  private @Nullable Request outgoing;
  private @Nullable Reception<Response> reception;
  private volatile @Nullable Thread slot;
  private boolean entered;

  AttemptsBinding(OssCall call, AttemptClients clients, Exchange exchange) {
    super(call.request(), exchange);
    this.call = call;
    this.clients = clients;
    this.watch = new AttemptWatch(exchange);
  }

  /**
   * Runs {@code begin} as soon as the dispatcher has a slot for the call, in that slot; what that sends first goes out in it too.
   *
   * @param refusal is told if there won't be a slot
   */
  void open(Runnable begin, Consumer<IOException> refusal) {
    opening = begin;
    refused = refusal;
    newCall(false).enqueue(this);
  }

  /** In the slot: it may block, as sending the body would. */
  @Override
  public void bufferBody(Consumer<@Nullable IOException> then) {
    IOException unreadable = null;
    try {
      bufferBody();
    } catch (IOException e) {
      unreadable = e;
    }
    then.accept(unreadable);
  }

  @Override
  public Response send(Request attempt) throws IOException {
    Call one = newCall(goesOutNext(attempt));
    try {
      return toCaller(one.execute());
    } catch (IOException e) {
      throw ended(one, e);
    }
  }

  @Override
  public void send(Request attempt, Reception<Response> then) {
    boolean onNewConnection = goesOutNext(attempt);
    reception = then;
    if (beginner == Thread.currentThread()) {
      sentInOpeningSlot = true; // else it had to wait for its turn, and the slot was left
    } else {
      newCall(onNewConnection).enqueue(this);
    }
  }

  @Override
  @Nullable AttemptBody prepare(@Nullable RequestBody body) {
    return watch.prepare(body);
  }

  @Override
  public int repeatsBelow() {
    return watch.repeats();
  }

  @Override
  public boolean isBodyReplaced() {
    return watch.isBodyReplaced();
  }

  @Override
  boolean isSeen() {
    return watch.isSeen();
  }

  /** Lets {@code attempt} go out next; whether it needs a connection of its own. */
  private boolean goesOutNext(Request attempt) {
    boolean onNewConnection = watch.needsNewConnection();
    outgoing = onNewConnection ? attempt.newBuilder().header("Connection", "close").build() : attempt; // nobody else could use it
    watch.begin(attempt);
    return onNewConnection;
  }

  private Call newCall(boolean onNewConnection) {
    entered = false;
    Request tagged = request.newBuilder().tag(AttemptsBinding.class, this).build(); // not kept: many calls may wait, and for long
    Call one = clients.client(exchange.mayFollowRedirects(), !exchange.isBodyOneShotBelow(), onNewConnection).newCall(tagged);
    call.underWay(one);
    return one;
  }

  /** The first interceptor of a request of ours: it has its slot and is about to be sent. */
  static Response enter(Interceptor.Chain chain) throws IOException {
    return of(chain).entered(chain);
  }

  /** The last interceptor of all, also of those that see each connection. */
  static Response lookAtLastForm(Interceptor.Chain chain) throws IOException {
    Request last = chain.request();
    of(chain).watch.sending(last);
    return chain.proceed(last);
  }

  private static AttemptsBinding of(Interceptor.Chain chain) {
    return Objects.requireNonNull(chain.call().request().tag(AttemptsBinding.class)); // the chain's own request may have lost it
  }

  private Response entered(Interceptor.Chain chain) throws IOException {
    entered = true;
    Runnable begin = opening;
    if (begin != null) {
      opening = null; // before another slot can be entered: a call begins once
      beginner = Thread.currentThread();
      inSlot(begin);
      beginner = null;
      if (!sentInOpeningSlot) {
        emptyHanded = chain.call();
        return nothing(chain.request());
      }
    } else if (!exchange.mayWait()) {
      throw new TooLateException();
    }
    Request next = outgoing;
    outgoing = null;
    if (next == null) {
      throw cancelledException(); // the caller was told why
    }
    return chain.proceed(next);
  }

  /** An answer for a call of which nothing was sent: a failure would be counted by who watches the client. */
  private static Response nothing(Request request) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(204)
        .message("nothing was sent in the slot in which a call to OSS began")
        .body(ResponseBody.create(new byte[0], null))
        .build();
  }

  @Override
  public void onResponse(Call one, Response response) {
    if (one == emptyHanded) {
      call.ended(one); // it goes on without this slot, or the caller was told why not
      return;
    }
    Reception<Response> then = Objects.requireNonNull(reception);
    inSlot(() -> then.answered(toCaller(response)));
  }

  @Override
  public void onFailure(Call one, IOException failure) {
    if (one == emptyHanded) {
      call.ended(one); // cancelled, which is all it can fail with
      return;
    }
    IOException ended = ended(one, failure);
    Reception<Response> then = reception;
    if (then != null) {
      then.failed(ended);
    } else if (!entered) {
      exchange.abandoned(); // the dispatcher was shut down before anything began
      refused.accept(ended);
    }
  }

  private void inSlot(Runnable task) {
    slot = Thread.currentThread();
    try {
      task.run();
    } finally {
      slot = null;
    }
  }

  /** Whether the calling thread holds the dispatcher's slot for this call. */
  boolean isInSlot() {
    return slot == Thread.currentThread();
  }

  private IOException ended(Call one, IOException failure) {
    watch.failed();
    call.ended(one);
    return call.explain(failure);
  }

  @Override
  public Response detach(Response response, byte[] body) {
    call.letGo();
    return super.detach(response, body);
  }

  @Override
  public void idle() {
    call.letGo();
    reception = null;
  }

  @Override
  public @Nullable Diagnosis diagnose(IOException failure) {
    if (failure instanceof TooLateException) {
      return new Diagnosis(Verdict.TRANSIENT, Effect.NOT_APPLIED);
    }
    return entered ? super.diagnose(failure) : new Diagnosis(Verdict.FATAL, Effect.NOT_APPLIED); // the dispatcher was shut down
  }

  @Override
  public void peekBody(Response response, int limit, BooleanSupplier goOn, Consumer<byte[]> then) {
    then.accept(peekBody(response, limit, goOn));
  }

  @Override
  public void readBody(Response response, OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then) {
    IOException broken = null;
    try {
      readBody(response, sink, limit, goOn);
    } catch (IOException e) {
      broken = e;
    }
    then.accept(broken);
  }

  @Override
  public boolean isCancelled() {
    return call.isCanceled();
  }

  @Override
  public IOException cancelledException() {
    return call.cancelledException();
  }
}
