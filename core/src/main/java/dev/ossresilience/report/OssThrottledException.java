package dev.ossresilience.report;

import dev.ossresilience.error.OssError;
import org.jspecify.annotations.Nullable;

/** OSS went on to answer that a limit of the account, the bucket or the region was exceeded; {@link OssError#known} tells which. */
public final class OssThrottledException extends OssServiceException {
  private static final long serialVersionUID = 1L;

  OssThrottledException(OssError error, @Nullable ExchangeReport report) {
    super(error, report);
  }
}
