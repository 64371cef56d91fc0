package dev.ossresilience.benchmarks.overhead;

import java.util.List;

/**
 * Benchmarks that are to be compared.
 *
 * @param title what was done
 * @param measure how each row is compared with that of {@code baseline}
 * @param baseline the benchmark that the others are compared with; empty for none
 */
record Section(String title, Measure measure, String baseline, List<Row> rows) {
  /** How to compare. */
  enum Measure {
    /** By what is added. */
    ADDED,
    /** By how many times as much it takes. */
    TIMES,
    /** Not at all. */
    NONE
  }

  /**
   * One benchmark.
   *
   * @param benchmark class and method
   * @param label what a reader is told
   */
  record Row(String benchmark, String label) {}

  /** All there are, in the order in which they are run and shown. */
  static List<Section> all() {
    return List.of(
        new Section(
            "A successful GET through OkHttp",
            Measure.ADDED,
            "OkHttpBenchmark.passThrough",
            List.of(
                new Row("OkHttpBenchmark.plain", "OkHttp alone"),
                new Row("OkHttpBenchmark.passThrough", "+ an interceptor that does nothing"),
                new Row("OkHttpBenchmark.ours", "+ ours"),
                new Row("OkHttpBenchmark.oursSigningV4", "+ ours, signing with V4"),
                new Row("OkHttpBenchmark.failsafe", "Failsafe: retry and breaker"),
                new Row("OkHttpBenchmark.resilience4j", "Resilience4j: retry and breaker"))),
        new Section(
            "A successful GET through HttpClient 5",
            Measure.ADDED,
            "HttpClientBenchmark.passThrough",
            List.of(
                new Row("HttpClientBenchmark.plain", "HttpClient alone"),
                new Row("HttpClientBenchmark.passThrough", "+ a handler that does nothing"),
                new Row("HttpClientBenchmark.ours", "+ ours"),
                new Row("HttpClientBenchmark.oursSigningV4", "+ ours, signing with V4"),
                new Row("HttpClientBenchmark.ownRetry", "its own retries"),
                new Row("HttpClientBenchmark.resilience4j", "Resilience4j: retry and breaker"))),
        new Section(
            "The core alone",
            Measure.NONE,
            "",
            List.of(
                new Row("ExchangeBenchmark.success", "a call that succeeds at once"),
                new Row("ExchangeBenchmark.classify", "an error: parse, diagnose, remedy"),
                new Row("ExchangeBenchmark.classifyAndDecide", "a call up to the decision to wait"))),
        new Section(
            "Reading an error's body",
            Measure.TIMES,
            "ErrorParsingBenchmark.ours",
            List.of(
                new Row("ErrorParsingBenchmark.ours", "ours"),
                new Row("ErrorParsingBenchmark.sdkV1", "SDK v1"),
                new Row("ErrorParsingBenchmark.sdkV2", "SDK v2"))),
        new Section(
            "Checksum of 64 KiB",
            Measure.TIMES,
            "Crc64Benchmark.ours",
            List.of(
                new Row("Crc64Benchmark.ours", "CRC64, ours"),
                new Row("Crc64Benchmark.sdkV1", "CRC64, SDK v1"),
                new Row("Crc64Benchmark.crc32c", "CRC32C by the processor: the ceiling"))),
        new Section(
            "Signing a PUT",
            Measure.TIMES,
            "SigningBenchmark.oursV4",
            List.of(
                new Row("SigningBenchmark.oursV4", "V4, ours"),
                new Row("SigningBenchmark.sdkV4", "V4, SDK v2"),
                new Row("SigningBenchmark.oursV1", "V1, ours"),
                new Row("SigningBenchmark.sdkV1", "V1, SDK v2"))),
        new Section(
            "What calls share, per attempt",
            Measure.NONE,
            "",
            List.of(
                new Row("LoadControlBenchmark.budget", "retry budget"),
                new Row("LoadControlBenchmark.budgetContended", "retry budget, 2 threads"),
                new Row("LoadControlBenchmark.breaker", "circuit breaker"),
                new Row("LoadControlBenchmark.breakerContended", "circuit breaker, 2 threads"),
                new Row("LoadControlBenchmark.pacerIdle", "pacer, nothing paced"),
                new Row("LoadControlBenchmark.pacerIdleContended", "pacer, nothing paced, 2 threads"),
                new Row("LoadControlBenchmark.pacerActive", "pacer, pacing"),
                new Row("LoadControlBenchmark.pacerActiveContended", "pacer, pacing, 2 threads"),
                new Row("LoadControlBenchmark.all", "all by default, nothing paced"),
                new Row("LoadControlBenchmark.allContended", "all by default, 2 threads"))));
  }
}
