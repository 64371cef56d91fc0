package dev.ossresilience.examples.stage;

import dev.ossresilience.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;

/** What may befall a call, by what it does. Each is mended if there are few. */
public final class Troubles {
  /** Of a put whose requests are signed anew, so that a wrong clock can be mended too. */
  public static final List<Fault> OF_UPLOADS =
      List.of(
          Fault.requestTimeout(),
          Fault.throttled("UploadTrafficRateLimitExceeded"),
          Fault.internalError(),
          Fault.gatewayError(502),
          Fault.dropMidBody(),
          Fault.applyThenDrop(),
          Fault.applyThenInternalError(),
          Fault.corruptBody(),
          Fault.skewed(Duration.ofHours(1)));

  /** Of a put by a presigned URL, whose time is what it is. */
  public static final List<Fault> OF_PRESIGNED_UPLOADS = OF_UPLOADS.stream().filter(fault -> !fault.equals(Fault.skewed(Duration.ofHours(1)))).toList();

  /** Of a get. */
  public static final List<Fault> OF_DOWNLOADS =
      List.of(
          Fault.throttled("DownloadTrafficRateLimitExceeded"),
          Fault.internalError(),
          Fault.gatewayError(502),
          Fault.gatewayError(504),
          Fault.resetBeforeBody(),
          Fault.drop());

  /** Of an append, which must not happen twice. */
  public static final List<Fault> OF_APPENDS =
      List.of(Fault.internalError(), Fault.gatewayError(502), Fault.dropMidBody(), Fault.applyThenDrop(), Fault.applyThenInternalError());

  /** Of a deletion. */
  public static final List<Fault> OF_DELETIONS =
      List.of(Fault.throttled("MetaOperationQpsLimitExceeded"), Fault.internalError(), Fault.drop(), Fault.applyThenDrop());

  private Troubles() {}
}
