package dev.ossresilience.exchange;

import dev.ossresilience.append.PrefixCrcs;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.signing.ClockSkew;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.time.TimeSource;
import io.github.resilience4j.retry.Retry;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What all exchanges with one endpoint share. */
public record ExchangeSettings(
    ErrorModel errors,
    RetryPolicy policy,
    AppendPolicy appends,
    @Nullable OssSigner signer,
    ClockSkew skew,
    PrefixCrcs prefixes,
    Retry counter,
    TimeSource time,
    DoubleSupplier random,
    @Nullable ExchangeListener listener) {}
