package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class ThrowOnErrorTest extends OverCallFactory {
  @Test
  void successIsReturnedAsItIs() throws IOException {
    server.put("logs", "a", HELLO);

    Response response = call(request("a"));

    try (Response same = OssErrors.throwOnError(response)) {
      assertThat(same).isSameAs(response);
      assertThat(same.body().bytes()).isEqualTo(HELLO);
    }
  }

  @Test
  void errorIsThrownWithItsReportAndItsConnectionIsFree() throws IOException {
    OssServiceException thrown = catchThrowableOfType(OssServiceException.class, () -> OssErrors.throwOnError(call(request("absent"))));

    assertThat(thrown.error().code()).isEqualTo("NoSuchKey");
    assertThat(thrown.report()).isEqualTo(reports.get(0));
    assertThat(client.connectionPool().idleConnectionCount()).isEqualTo(client.connectionPool().connectionCount());
  }

  @Test
  void lastingThrottleHasItsOwnClassFromTheCallFactoryToo() {
    Fault limit = Fault.throttled("UploadTrafficRateLimitExceeded");
    server.faults().next(limit, limit, limit, limit, limit);
    Request put = request("a").put(RequestBody.create(HELLO, null)).build();

    assertThatThrownBy(() -> OssErrors.throwOnError(factory.newCall(put).execute()))
        .isInstanceOfSatisfying(OssThrottledException.class, thrown -> assertThat(thrown.report().attempts()).isEqualTo(5))
        .hasMessageContaining("PutObject of logs/a was refused at attempt 5: 503 UploadTrafficRateLimitExceeded");
  }

  @Test
  void failedCallbackIsAnErrorAlthoughItsStatusIs2xx() throws IOException {
    server.faults().next(Fault.callbackFailed());
    Response response = call(request("a").put(RequestBody.create(HELLO, null)));
    assertThat(response.code()).isEqualTo(203);

    assertThatThrownBy(() -> OssErrors.throwOnError(response))
        .isInstanceOfSatisfying(OssServiceException.class, thrown -> assertThat(thrown.report().outcome()).isEqualTo(Outcome.CALLBACK_FAILED));
  }

  @Test
  void responseOfAnotherHostHasNoReport() throws IOException {
    Request elsewhere = new Request.Builder().url(server.endpoint().replace("127.0.0.1", "localhost") + "/logs/a").build();

    assertThatThrownBy(() -> OssErrors.throwOnError(client.newCall(elsewhere).execute()))
        .isInstanceOfSatisfying(OssServiceException.class, thrown -> assertThat(thrown.report()).isNull())
        .hasMessageStartingWith("403 ");
  }
}
