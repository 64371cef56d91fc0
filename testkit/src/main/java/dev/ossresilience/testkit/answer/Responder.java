package dev.ossresilience.testkit.answer;

import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;

/** Dresses outcomes as OSS's responses: the headers all of them have, and errors as XML. Thread-safe. */
public final class Responder {
  private final ServerClock clock;
  private final AtomicLong count = new AtomicLong();

  public Responder(ServerClock clock) {
    this.clock = clock;
  }

  /** The complete response to a request. */
  public Answer respond(OssRequest request, Outcome outcome) {
    Instant now = clock.now();
    // The first eight digits of a real id are the second in which the request arrived.
    String requestId = String.format(Locale.ROOT, "%08X%016X", now.getEpochSecond(), ScatteredIds.scattered(count.incrementAndGet()));
    Answer answer = outcome instanceof Failure failure ? error(request, failure, requestId) : (Answer) outcome;
    return common(answer, now)
        .with("Connection", answer.closes() ? "close" : "keep-alive")
        .with("x-oss-request-id", requestId)
        .with("x-oss-server-time", "1"); // milliseconds of work, not a clock
  }

  /**
   * The page of a gateway in front of OSS, which knows nothing of request ids.
   *
   * @param padding how many blanks it ends with
   */
  public Answer gatewayPage(OssRequest request, int status, int padding) {
    String reason = status == 504 ? "504 Gateway Time-out" : status + " Bad Gateway";
    return page(request, status, reason + "</h1></body>\r\n</html>\r\n" + " ".repeat(padding));
  }

  /** A page in HTML with that text, from somebody who isn't OSS. */
  public Answer page(OssRequest request, int status, String text) {
    String page = "<html>\r\n<body><h1>" + text;
    Answer answer = Answer.of(status).with("Server", "Tengine").with("Content-Type", "text/html");
    ByteString body = ByteString.encodeUtf8(page);
    return common(request.isHead() ? answer : answer.withBody(body), clock.now());
  }

  private Answer error(OssRequest request, Failure failure, String requestId) {
    ByteString xml = xml(request, failure, requestId);
    Answer answer = Answer.of(failure.status()).withAll(failure.headers());
    if (!failure.ec().isEmpty()) {
      answer = answer.with("x-oss-ec", failure.ec());
    }
    // A response to HEAD has no body, so the document travels in a header.
    answer = request.isHead() ? answer.with("x-oss-err", xml.base64()) : answer.with("Content-Type", "application/xml").withBody(xml);
    return failure.closes() ? answer.closing() : answer;
  }

  private ByteString xml(OssRequest request, Failure failure, String requestId) {
    return new Xml().group("Error", error -> {
      error.text("Code", failure.code()).text("Message", failure.message()).text("RequestId", requestId);
      error.text("HostId", request.host());
      failure.elements().forEach(error::text);
      if (!failure.ec().isEmpty()) {
        error.text("EC", failure.ec()).text("RecommendDoc", "https://api.aliyun.com/troubleshoot?q=" + failure.ec());
      }
    }).bytes();
  }

  private static Answer common(Answer answer, Instant now) {
    Answer complete = answer.with("Server", answer.headers().getOrDefault("Server", "AliyunOSS")).with("Date", HttpDates.format(now));
    boolean bodiless = answer.status() == 204 || answer.status() == 304 || answer.headers().containsKey("Content-Length");
    return bodiless ? complete : complete.with("Content-Length", Integer.toString(answer.body().size()));
  }
}
