package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refused credentials are changed and the request replayed, once. */
class CredentialsRefusedTest {
  private static final Credentials OLD = new Credentials("old", "CANARY-SECRET", "CANARY-TOKEN");
  private static final Credentials NEW = new Credentials("new", "CANARY-SECRET", "CANARY-TOKEN2");
  private static final Reply EXPIRED = Reply.error(403, "SecurityTokenExpired", "<SecurityToken>CANARY-TOKEN</SecurityToken>");

  private final Renewable provider = new Renewable();
  private final Scene scene = Scene.signing(provider);

  @ParameterizedTest
  @CsvSource({"403, SecurityTokenExpired", "403, InvalidSecurityToken", "403, AccessKeyIdAndSecurityTokenNotMatch", "403, InvalidAccessKeyId", "401, Unheard"})
  void refusedCredentialsAreChangedOnceAndTheRequestReplayed(int status, String code) {
    for (Request request : new Request[] {Request.get(), Request.append()}) {
      provider.now = OLD;
      Exchange call = scene.call(request);
      assertThat(key(call.begin())).isEqualTo("old");
      assertThat(answer(call, Reply.error(status, code, ""))).isInstanceOf(Step.Refresh.class);
      assertThat(key(call.refreshed(call.fetchCredentials()))).isEqualTo("new");
      assertThat(answer(call, Reply.appended())).isInstanceOf(Step.Deliver.class);
      assertThat(call.report().outcome()).isEqualTo(ExchangeReport.Outcome.SUCCESS);
      assertThat(call.report().events().get(1).reason()).isEqualTo(Reason.CREDENTIALS_REFRESHED);
      assertThat(call.report().toString()).doesNotContain("CANARY");
    }
  }

  @Test
  void aSecondRefusalIsDelivered() {
    Exchange call = scene.call(Request.get());
    call.begin();
    answer(call, EXPIRED);
    call.refreshed(call.fetchCredentials());
    assertThat(answer(call, EXPIRED)).isInstanceOf(Step.Deliver.class);
    assertThat(provider.refreshes).isEqualTo(1);
  }

  @Test
  void theRefusalIsDeliveredIfThereAreNoOthers() {
    Exchange fixed = Scene.signing(CredentialsProvider.of(OLD)).call(Request.get());
    fixed.begin();
    assertThat(answer(fixed, EXPIRED)).isInstanceOf(Step.Refresh.class);
    assertThat(fixed.refreshed(fixed.fetchCredentials())).isInstanceOf(Step.Deliver.class);
    provider.broken = true;
    Exchange call = scene.call(Request.get());
    call.begin();
    answer(call, EXPIRED);
    assertThat(call.refreshed(call.fetchCredentials())).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void credentialsRotatedBehindALambdaArePickedUp() {
    Credentials[] current = {OLD};
    Exchange call = Scene.signing(() -> current[0]).call(Request.get());
    call.begin();
    current[0] = NEW;
    answer(call, EXPIRED);
    assertThat(key(call.refreshed(call.fetchCredentials()))).isEqualTo("new");
  }

  @Test
  void aRefreshThatUsesUpTheTimeIsFollowedByNothing() {
    provider.takes = Duration.ofSeconds(60);
    Exchange call = scene.call(Request.get());
    call.begin();
    scene.clocks.pass(Duration.ofSeconds(10));
    answer(call, EXPIRED);
    assertThat(call.refreshed(call.fetchCredentials())).isInstanceOf(Step.Deliver.class);
    assertThat(provider.given).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void aBodyThatIsGoneIsNotReplayed() {
    Exchange call = scene.call(Request.append().once());
    call.begin();
    answer(call, EXPIRED);
    assertThat(call.refreshed(call.fetchCredentials())).isInstanceOf(Step.Deliver.class);
    assertThat(key(scene.call(Request.get()).begin())).isEqualTo("new");
  }

  @Test
  void aRefusedProbeIsAskedAgain() {
    Exchange call = scene.call(Request.append());
    call.begin();
    Step step = answer(call, Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "15"));
    step = step instanceof Step.Digest ? call.digested(5, 1, new byte[0]) : step;
    assertThat(step).isInstanceOf(Step.Probe.class);
    assertThat(call.probed(EXPIRED.asHead(), new byte[0], 0, 0)).isInstanceOf(Step.Refresh.class);
    Step again = call.refreshed(call.fetchCredentials());
    assertThat(((Step.Probe) again).request().headers().get("Authorization")).contains("Credential=new/");
    assertThat(again.toString()).doesNotContain("CANARY").doesNotContain("Signature=");
  }

  @Test
  void aProviderThatThrowsEndsTheCallAndItsWordsStayInside() {
    Scene broken =
        Scene.signing(
            () -> {
              throw new IllegalStateException("CANARY");
            });
    assertThat(failure(broken)).contains("CredentialsProvider threw java.lang.IllegalStateException").contains("CredentialsRefusedTest").doesNotContain("CANARY");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aProviderThatReturnsNothingIsNamed() {
    assertThat(failure(Scene.signing(() -> null))).contains("the CredentialsProvider returned null");
  }

  @Test
  void aProviderThatUsesUpTheTimeIsNamedAndNothingIsSent() {
    Scene[] slow = new Scene[1];
    slow[0] =
        Scene.signing(
            () -> {
              slow[0].clocks.pass(Duration.ofMinutes(2));
              return OLD;
            });
    assertThat(failure(slow[0])).contains("the CredentialsProvider took all the time there was");
  }

  @Test
  void anImpossibleClockIsNamed() {
    scene.clocks.setHostWrongBy(Duration.ofDays(-30_000));
    assertThat(failure(scene)).contains("the clock says 19").contains("set the clock of this machine");
  }

  private static String failure(Scene scene) {
    Exchange call = scene.call(Request.get());
    IOException failure = ((Step.Fail) call.begin()).cause();
    assertThat(failure).hasMessageStartingWith("the request could not be signed, and so was not sent (again): ");
    assertThat(call.report().outcome()).isEqualTo(ExchangeReport.Outcome.EXCEPTION);
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  private static String key(Step step) {
    assertThat(step.toString()).doesNotContain("CANARY").doesNotContain("Signature=");
    String authorization = Objects.requireNonNull(((Step.Attempt) step).edit().headers().get("Authorization"));
    return authorization.substring(authorization.indexOf('=') + 1, authorization.indexOf('/'));
  }

  private final class Renewable implements CredentialsProvider {
    Credentials now = OLD;
    boolean broken;
    int refreshes;
    Duration takes = Duration.ZERO;
    Duration given = Duration.ZERO;

    @Override
    public Credentials current() {
      return now;
    }

    @Override
    public boolean refresh(Credentials refused, Duration atMost) {
      refreshes++;
      given = atMost;
      scene.clocks.pass(takes);
      if (broken) {
        throw new IllegalStateException("CANARY");
      }
      now = NEW;
      return !refused.equals(NEW);
    }
  }
}
