package dev.ossresilience.examples.ship;

import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The embedded simulator in a faulty mood: any request may meet any of these. */
final class FaultySimulator {
  private FaultySimulator() {}

  static OssSimulator start(long seed, double rate, boolean secondWriter, TimeSource time) {
    OssSimulator server = SimulatedOss.start(time);
    server.faults().random(seed, rate, menu(rate, secondWriter).toArray(Fault[]::new));
    return server;
  }

  private static List<Fault> menu(double rate, boolean secondWriter) {
    List<Fault> menu =
        new ArrayList<>(
            List.of(
                Fault.requestTimeout(),
                Fault.throttled("UploadTrafficRateLimitExceeded"),
                Fault.throttled("DownloadTrafficRateLimitExceeded"),
                Fault.throttled("MetaOperationQpsLimitExceeded"),
                Fault.internalError(),
                Fault.gatewayError(502),
                Fault.gatewayError(504),
                Fault.drop(),
                Fault.dropMidBody(),
                Fault.applyThenDrop(),
                Fault.applyThenInternalError(),
                Fault.deliverLater()));
    if (rate < 1) { // at 1 no request ever succeeds, which these would let it
      menu.add(Fault.lateDuplicate());
      menu.add(Fault.skewed(Duration.ofHours(1)));
      if (secondWriter) {
        menu.add(Fault.foreignAppend("another writer was here\n".getBytes(StandardCharsets.UTF_8)));
        menu.add(Fault.foreignAppendSameLength());
        menu.add(Fault.foreignAppendAfter("and here\n".getBytes(StandardCharsets.UTF_8)));
      }
    }
    return menu;
  }
}
