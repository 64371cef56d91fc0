package dev.ossresilience.examples.skewed;

import dev.ossresilience.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far a laptop's clock is ahead of the true time.
 *
 * @param ahead negative if it is behind
 */
record Skew(Duration ahead) {
  /** The clock that is wrong by it; what measures durations is right. */
  TimeSource clockOf(TimeSource right) {
    return new TimeSource() {
      @Override
      public Instant wallTime() {
        return right.wallTime().plus(ahead);
      }

      @Override
      public long nanoTime() {
        return right.nanoTime();
      }
    };
  }

  /** For example {@code 1h ahead}. */
  @Override
  public String toString() {
    return ahead.isZero() ? "right" : words(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead");
  }

  /** As one writes it on the command line, to the second. */
  static String words(Duration duration) {
    Duration rounded = Duration.ofSeconds(Math.round(duration.abs().toMillis() / 1000.0));
    return (duration.isNegative() ? "-" : "") + rounded.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /** Reads {@code 1h}, {@code -20m}, {@code 1h30m}, also {@code PT1H}. */
  static final class Reader implements ITypeConverter<Skew> {
    @Override
    public Skew convert(String text) {
      String bare = text.toUpperCase(Locale.ROOT).replaceFirst("^[+-]", "");
      try {
        Duration amount = Duration.parse(bare.startsWith("P") ? bare : "PT" + bare);
        return new Skew(text.startsWith("-") ? amount.negated() : amount);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + text + "' is not a length of time such as 1h, -20m or 1h30m");
      }
    }
  }
}
