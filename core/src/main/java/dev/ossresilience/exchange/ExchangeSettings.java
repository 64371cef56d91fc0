package dev.ossresilience.exchange;

import dev.ossresilience.append.PrefixCrcs;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.ClockSkew;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.time.TimeSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all exchanges with one endpoint share.
 *
 * @param uploadIntegrity whether the CRC64 of what is sent is compared with that of the response
 * @param bufferedBodyBytes up to how many bytes of a one-shot body are read into memory before the first attempt; 0 for none
 * @param signer null if requests come signed, or are signed further down
 * @param signedDownstream whether something below signs each attempt, so that sending again means signing again
 */
public record ExchangeSettings(
    ErrorModel errors,
    RetryPolicy policy,
    AppendPolicy appends,
    boolean uploadIntegrity,
    long bufferedBodyBytes,
    @Nullable OssSigner signer,
    boolean signedDownstream,
    ClockSkew skew,
    PrefixCrcs prefixes,
    Attempts.Counter counter,
    LoadControl load,
    TimeSource time,
    DoubleSupplier random,
    Listeners listeners) {}
