package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.conformance.AppendStorm;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Appends by several writers under random faults, over real sockets. */
class AppendStormTest {
  private static final long SEED = Long.getLong("storm.seed", 20260115L);
  private static final int SCHEDULES = Integer.getInteger("storm.schedules", 2500);

  @Test
  void noRecordIsLostDoubledOrWronglyReported() throws InterruptedException {
    String summary = AppendStorm.run(OkHttpUnderTest.execute(), SEED, SCHEDULES);

    System.out.println(summary);
    assertThat(summary).contains("STORED=");
  }

  /** The proof that the test above can fail: a conflict taken for a success is found out. */
  @Test
  void clientThatTakesConflictsForItsOwnSuccessIsFoundOut() {
    OkHttpUnderTest wrong =
        OkHttpUnderTest.over(
            chain -> {
              Request request = chain.request();
              Response response = chain.proceed(request);
              String position = request.url().queryParameter("position");
              if (response.code() != 409 || position == null || request.body() == null) {
                return response;
              }
              String next = Long.toString(Long.parseLong(position) + request.body().contentLength());
              return response.newBuilder().code(200).header("x-oss-next-append-position", next).build();
            });

    assertThatThrownBy(() -> AppendStorm.run(wrong, SEED, 50)).isInstanceOf(AssertionError.class).hasMessageContaining("seed");
  }
}
