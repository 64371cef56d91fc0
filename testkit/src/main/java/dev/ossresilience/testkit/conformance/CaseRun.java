package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.conformance.ConformanceCase.GiveUp;
import dev.ossresilience.testkit.conformance.ConformanceCase.Operation;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One case with one adapter: a server, a client, one call. */
final class CaseRun implements AutoCloseable {
  static final String BUCKET = "conformance";
  static final String KEY = "data";

  /** Nothing in a case takes long; a call that is still under way then hangs. */
  private static final Duration HANGS = Duration.ofSeconds(20);

  private static final Pattern ETAG_OR_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final ConformanceCase one;
  private final VirtualTime time = new VirtualTime();
  private final List<ExchangeReport> reports = new CopyOnWriteArrayList<>();
  private final GateWaiter gate = new GateWaiter();
  private final Map<String, String> found = new HashMap<>();
  private final Pieces pieces;
  private final CaseSigning signing;
  private final OssSimulator server;
  private final OssResilience oss;
  private final AdapterUnderTest.Client client;
  private int requestsBefore;
  private long startNanos;

  CaseRun(ConformanceCase one, AdapterUnderTest adapter) {
    this.one = one;
    this.pieces = Pieces.of(one.operation());
    found.put("md5", ByteString.of(pieces.body()).md5().base64());
    found.put("crc64", Crc64.format(Crc64.of(pieces.body())));
    this.server = OssSimulator.builder().bucket(BUCKET).time(time).start();
    this.signing = new CaseSigning(one.signing(), time);
    this.oss = resilience();
    this.client = adapter.open(oss, one.settings().responseTimeout());
  }

  private OssResilience resilience() {
    ConformanceCase.Settings settings = one.settings();
    boolean inWait = one.giveUp() == GiveUp.CANCEL_IN_WAIT || one.giveUp() == GiveUp.INTERRUPT_IN_WAIT;
    Waiter waiter = inWait ? gate : time;
    OssResilience.Builder builder = OssResilience.builder();
    signing.apply(builder);
    return builder
        .endpoint(OssEndpoint.of(server.endpoint()))
        .policy(RetryPolicy.builder().maxAttempts(settings.maxAttempts()).totalTimeout(settings.totalTimeout()).build())
        // A case is one call: what calls share would only make it depend on the calls that set it up.
        .pacing(false)
        .retryBudget(RetryBudget.unlimited())
        .withoutCircuitBreaker()
        .appends(settings.appends().equals("exact") ? AppendPolicy.exactPosition() : AppendPolicy.followEnd())
        .time(time, waiter)
        .scheduler(new VirtualScheduler(waiter))
        .random(() -> 0.5)
        .listener(reports::add)
        .build();
  }

  /** Everything that is not as it must be; empty if the case passed. */
  List<String> run() throws InterruptedException {
    try {
      prepare();
    } catch (IOException e) {
      return List.of("the preparations failed: " + e);
    }
    server.faults().next(one.faults().toArray(Fault[]::new));
    signing.begin(server);
    AdapterUnderTest.Call call = client.prepare(signing.sent(theRequest()));
    List<FutureTask<TestResponse>> others = startOthers();
    boolean[] flagKept = {true};
    FutureTask<TestResponse> task = new FutureTask<>(call::execute);
    Thread caller =
        new Thread(
            () -> {
              task.run();
              flagKept[0] = Thread.currentThread().isInterrupted();
            },
            "conformance-caller");
    caller.setDaemon(true);
    caller.start();
    if (!giveUp(caller, call)) {
      return List.of("the call never came to where it was to be given up");
    }
    Ending ending = Ending.of(task, HANGS);
    if (ending == null) {
      return List.of("the call hangs");
    }
    caller.join(HANGS.toMillis());
    server.deliverHeldRequests();
    Complaints complaints = new Complaints(one, pieces, server, client, requestsBefore);
    complaints.checkInterruptFlag(flagKept[0]);
    for (FutureTask<TestResponse> other : others) {
      complaints.checkOther(Ending.of(other, HANGS));
    }
    List<String> found = complaints.all(ending, reports, Duration.ofNanos(time.nanoTime() - startNanos));
    if (found.isEmpty()) {
      found.addAll(new ClockComplaints(one.expected().clock()).all(reports.get(0).clockSkew(), oss.clockOffset(), this::nextAttempts));
    }
    return found;
  }

  private TestRequest theRequest() {
    Map<String, String> headers = new HashMap<>(one.operation().headers());
    headers.replaceAll((name, value) -> filled(value));
    return request(one.operation().request(), headers, one.operation().body(), one.operation().text());
  }

  /** The same call as often as it is made at once, but for the one that is looked at in detail. */
  private List<FutureTask<TestResponse>> startOthers() {
    List<FutureTask<TestResponse>> others = new ArrayList<>();
    for (int i = 1; i < one.signing().parallel(); i++) {
      FutureTask<TestResponse> other = new FutureTask<>(client.prepare(signing.sent(theRequest()))::execute);
      Thread thread = new Thread(other, "conformance-caller-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(other);
    }
    return others;
  }

  /** How many attempts a call takes that is made now; 0 if it fails. */
  private int nextAttempts() {
    try {
      boolean successful = get("source").status() == 200;
      return successful ? reports.get(reports.size() - 1).attempts() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private TestResponse get(String key) throws IOException {
    return client.prepare(new TestRequest("GET", uri(key), Map.of(), null, false)).execute();
  }

  /** Whether a request was given up by the client although nothing held the server: the machine stood still for that long. */
  boolean isSpoiled() {
    Duration timeout = one.settings().responseTimeout();
    return timeout != null
        && reports.stream()
            .flatMap(report -> report.events().stream())
            .filter(event -> event.result().contains("Timeout"))
            .count()
            > one.faults().stream().filter(fault -> !fault.equals(Fault.none())).count();
  }

  private boolean giveUp(Thread caller, AdapterUnderTest.Call call) throws InterruptedException {
    boolean reached =
        switch (one.giveUp()) {
          case NEVER -> true;
          case CANCEL_IN_WAIT, INTERRUPT_IN_WAIT -> gate.awaitBegin();
          case CANCEL_IN_FLIGHT, INTERRUPT_IN_FLIGHT -> awaitFault(one.faults().get(one.faults().size() - 1));
        };
    switch (one.giveUp()) {
      case CANCEL_IN_WAIT, CANCEL_IN_FLIGHT -> call.cancel();
      case INTERRUPT_IN_WAIT, INTERRUPT_IN_FLIGHT -> caller.interrupt();
      case NEVER -> {}
    }
    return reached;
  }

  private boolean awaitFault(Fault fault) throws InterruptedException {
    long deadline = System.nanoTime() + HANGS.toNanos();
    while (server.faults().happened(fault) == 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return server.faults().happened(fault) > 0;
  }

  private void prepare() throws IOException {
    Operation operation = one.operation();
    signing.prepare(server);
    server.put(BUCKET, "source", pieces.source());
    if (operation.stored() >= 0 && operation.knowsPrefix()) {
      client.prepare(new TestRequest("POST", uri(KEY + "?append&position=0"), Map.of(), pieces.before(), false)).execute();
    } else if (operation.stored() >= 0) {
      server.put(BUCKET, KEY, pieces.before());
    }
    for (String setup : operation.setup()) {
      String[] words = setup.split(" ", -1);
      TestResponse response = client.prepare(request(words[0] + " " + words[1], headers(words), Integer.parseInt(words[2]), "")).execute();
      Matcher id = ETAG_OR_ID.matcher(new String(response.body(), StandardCharsets.UTF_8));
      if (id.find()) {
        found.put("uploadId", id.group(1));
      }
      found.put("etag", String.valueOf(response.header("ETag")));
    }
    server.faults().next(one.settings().setupFaults().toArray(Fault[]::new));
    for (int i = 0; i < one.settings().setupFaults().size(); i++) {
      get("source");
    }
    Duration learntClock = one.settings().learntClock();
    if (learntClock != null) {
      server.clockOffset(learntClock);
      get("source");
    }
    server.clockOffset(one.settings().serverClock());
    reports.clear();
    requestsBefore = server.requestCount();
    startNanos = time.nanoTime();
  }

  private TestRequest request(String line, Map<String, String> headers, int size, String text) {
    int space = line.indexOf(' ');
    byte @Nullable [] body = text.isEmpty() ? size < 0 ? null : pieces.body() : filled(text).getBytes(StandardCharsets.UTF_8);
    return new TestRequest(line.substring(0, space), uri(filled(line.substring(space + 1))), headers, body, one.operation().oneShot());
  }

  /** The text with {@code {end}}, the length of what is stored, and what the setup found out filled in. */
  private String filled(String text) {
    String filled = text.replace("{end}", Integer.toString(pieces.before().length));
    for (Map.Entry<String, String> entry : found.entrySet()) {
      filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    return filled;
  }

  private URI uri(String keyAndQuery) {
    return URI.create(server.endpoint() + (keyAndQuery.startsWith("/") ? "" : "/" + BUCKET + "/") + keyAndQuery);
  }

  private static Map<String, String> headers(String[] words) {
    Map<String, String> headers = new HashMap<>();
    for (String word : List.of(words).subList(3, words.length)) {
      headers.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    return headers;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
