package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Somebody else's 200 to a signed read: neither delivered nor left open. */
class StrangersPageTest extends OverCallFactory {
  @Test
  void theCallFactorySendsTheReadAgain() throws IOException {
    readThrough(factory, plain);
  }

  @Test
  void theInterceptorSendsTheReadAgain() throws IOException {
    readThrough(client, client);
  }

  /** An answer that is still open when the read goes out again would need a second connection for that. */
  private void readThrough(Call.Factory calls, OkHttpClient its) throws IOException {
    calls.newCall(request("a").put(RequestBody.create(HELLO, null)).build()).execute().close();
    int before = server.requestCount();
    server.faults().next(Fault.portalPage());
    try (Response response = calls.newCall(request("a").build()).execute()) {
      assertThat(response.body().bytes()).isEqualTo(HELLO);
    }
    assertThat(server.requestCount() - before).isEqualTo(2);
    assertThat(its.connectionPool().connectionCount()).isOne();
  }
}
