package dev.ossresilience.examples.stage;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.time.TimeSource;

/** The OSS inside this process, for who has no real one at hand. */
public final class SimulatedOss {
  public static final Credentials CREDENTIALS = Credentials.of("demo-access-key", "demo-secret");
  public static final String REGION = "cn-hangzhou";
  public static final String BUCKET = "demo-logs";

  private SimulatedOss() {}

  /** One that listens, in a good mood. */
  public static OssSimulator start(TimeSource time) {
    return OssSimulator.builder().region(REGION).credentials(CREDENTIALS).bucket(BUCKET).time(time).start();
  }
}
