package dev.ossresilience.examples.retrofit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.Played;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.util.Collections;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrofitCommandTest {
  private static final String KEY = "retrofit/demo.txt";

  private final VirtualTime time = new VirtualTime();
  private final OssSimulator server = Played.realOss(time);

  @AfterEach
  void end() {
    server.close();
  }

  private Played againstServer() {
    return Played.against(server, time, "retrofit");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everySeedReadsWhatItWrote(int seed) {
    Played played = Played.with("retrofit", "--seed", String.valueOf(seed));
    assertThat(played.status()).as(played.out() + played.err()).isZero();
    assertThat(played.out()).contains("RIGHT").contains("404 NoSuchKey: The specified key does not exist.");
    assertThat(played.faults()).hasSize(6).allSatisfy(faults -> assertThat(faults).hasSize(2));
    assertThat(played.err()).isEmpty();
  }

  @Test
  void itPutsGetsDeletesAndAppendsTwice() {
    assertThat(againstServer().status()).isZero();
    assertThat(server.requests().stream().map(ReceivedRequest::method)).containsExactly("PUT", "GET", "DELETE", "GET", "POST", "POST", "GET");
    assertThat(server.bytesOf("logs", KEY)).asString(UTF_8).isEqualTo("first record\nsecond record\n");
  }

  @Test
  void aBucketOfARealEndpointIsNamedInTheHost() {
    OssResilience oss = OssResilience.builder().endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com")).build();
    OssObjects objects = OssObjects.of(new OkHttpClient(), oss, "photos");
    assertThat(objects.append("a/b ü", 7, RequestBody.create(new byte[1], null)).request().url())
        .hasToString("https://photos.oss-cn-hangzhou.aliyuncs.com/a%2Fb%20%C3%BC?append&position=7");
  }

  @Test
  void anAppendWhoseAnswerIsLostIsStoredOnce() {
    server.faults().next(Fault.none(), Fault.none(), Fault.none(), Fault.none(), Fault.applyThenDrop());
    Played played = againstServer();
    assertThat(played.status()).as(played.out() + played.err()).isZero();
    assertThat(server.bytesOf("logs", KEY)).asString(UTF_8).isEqualTo("first record\nsecond record\n");
    assertThat(played.out()).contains("it might have been appended; looked at what is there", "so it had been done already");
  }

  @Test
  void aSecondRunOverwritesWhatTheFirstLeft() {
    assertThat(againstServer().status()).isZero();
    assertThat(againstServer().status()).isZero();
    assertThat(server.bytesOf("logs", KEY)).asString(UTF_8).isEqualTo("first record\nsecond record\n");
  }

  @Test
  void recordsOfAnotherWriterAreNoticed() {
    server.faults().next(Fault.none(), Fault.none(), Fault.none(), Fault.none(), Fault.none(), Fault.foreignAppend("mine\n".getBytes(UTF_8)));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.out()).contains("WRONG").doesNotContain("RIGHT");
    assertThat(server.bytesOf("logs", KEY)).asString(UTF_8).isEqualTo("first record\nmine\nsecond record\n");
  }

  @Test
  void aDeletionThatDidNothingIsNoticed() {
    server.faults().next(Fault.none(), Fault.none(), Fault.none(), Fault.foreignPut("again"));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.out()).contains("WRONG");
  }

  @Test
  void whatOssSaidAgainstACallIsRead() {
    server.faults().next(Fault.error("AccessDenied"));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).startsWith("retrofit: PutObject of logs/retrofit/demo.txt was refused at attempt 1: 403 AccessDenied").hasLineCount(1);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void aCallThatGivesUpEndsIt() {
    server.faults().next(Collections.nCopies(20, Fault.internalError()).toArray(Fault[]::new));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).contains("500 InternalError").hasLineCount(1);
    assertThat(server.bytesOf("logs", KEY)).isNull();
  }
}
