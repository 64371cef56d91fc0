package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What calls share to spare the server, through both ways of calling. */
class LoadControlTest extends OverCallFactory {
  private static RequestBody hello() {
    return RequestBody.create(HELLO, null);
  }

  @Test
  void enqueuedCallsThatWaitForTheirTurnAllGoOutOnce() throws IOException, InterruptedException {
    server.faults().next(Fault.throttled("TotalQpsLimitExceeded"));
    enqueue(factory.newCall(request("first").put(hello()).build())).get().close();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.add(enqueue(factory.newCall(request("k" + i).put(hello()).build())));
    }
    int paced = 0;
    for (Answer answer : answers) {
      try (Response response = answer.get()) {
        assertThat(response.code()).isEqualTo(200);
        ExchangeReport report = Objects.requireNonNull(OssRetryInterceptor.reportOf(response));
        assertThat(report.attempts()).isEqualTo(1);
        paced += report.events().stream().anyMatch(event -> event.reason() == Reason.PACED) ? 1 : 0;
      }
    }
    assertThat(paced).isGreaterThan(20);
    assertThat(server.requestCount()).isEqualTo(32);
    eventually(() -> plain.dispatcher().runningCallsCount() == 0);
  }

  @Test
  void aCallCanHaveSettingsOfItsOwn() throws IOException {
    server.faults().next(Fault.internalError());
    OssCallOptions options = OssCallOptions.none().withMaxAttempts(1).withOperationName("upload");
    try (Response response = call(request("a").put(hello()).tag(OssCallOptions.class, options))) {
      assertThat(response.code()).isEqualTo(500);
      assertThat(Objects.requireNonNull(OssRetryInterceptor.reportOf(response)).name()).isEqualTo("upload");
    }
    server.faults().next(Fault.internalError());
    try (Response response = enqueue(factory.newCall(request("a").put(hello()).tag(OssCallOptions.class, options).build())).get()) {
      assertThat(response.code()).isEqualTo(500);
    }
  }
}
