package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.junit.jupiter.api.Test;

/** A caller that cancels or interrupts is heard at once, wherever the call is. */
class GivingUpTest extends OverSimulator {
  private CloseableHttpClient waitingWith(Waiter waiter) {
    return OssHttpClients.wrap(plain, settings().time(time, waiter).build());
  }

  @Test
  void interruptEndsAWaitAndIsKept() {
    server.faults().next(Fault.internalError());
    CloseableHttpClient interrupted =
        waitingWith(
            (nanos, cancelled) -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> send(interrupted, get("a"))).isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void cancellationEndsAWaitWithTheClientsOwnException() {
    server.faults().next(Fault.internalError());
    HttpGet request = get("a");
    CloseableHttpClient waiting =
        waitingWith(
            (nanos, cancelled) -> {
              assertThat(cancelled.getAsBoolean()).isFalse();
              request.cancel();
              assertThat(cancelled.getAsBoolean()).isTrue();
            });

    assertThatThrownBy(() -> send(waiting, request)).isInstanceOf(RequestFailedException.class).hasMessage("Request aborted");
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void cancellationReachesTheAttemptUnderWay() {
    HttpPost request = append("a", 0, "");
    request.setEntity(
        new Chunked("hello") {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(bytes("hel"));
            out.flush();
            request.cancel();
            out.write(bytes("lo"));
          }
        });

    assertThatThrownBy(() -> send(request)).isInstanceOf(IOException.class);

    awaitRequests(1);
    assertThat(traffic()).containsExactly("POST dropped");
    assertThat(stored("a")).isEqualTo("(absent)");
    assertThat(reports.get(0).attempts()).isEqualTo(1);
    assertThat(reports.get(0).outcome()).as("some of its body went out").isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void requestCancelledBeforehandIsNotSent() {
    HttpGet request = get("a");
    request.cancel();

    assertThatThrownBy(() -> send(request)).isInstanceOf(RequestFailedException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void requestThatHttpClientRefusesToSendIsTriedOnce() {
    HttpPut request = put("a", "hello");
    request.setHeader("Content-Length", "5"); // HttpClient wants to set that itself

    assertThatThrownBy(() -> send(request)).isInstanceOf(ClientProtocolException.class);
    assertThat(reports.get(0).attempts()).isEqualTo(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void cancelledRequestCanBeResetAndSentAgain() throws IOException {
    server.put("logs", "a", bytes("hello"));
    HttpGet request = get("a");
    request.cancel();
    request.reset();

    assertThat(send(request).body()).isEqualTo("hello");
  }
}
