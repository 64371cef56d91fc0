package dev.ossresilience.benchmarks.overhead;

/**
 * What one operation took.
 *
 * @param nanos on average
 * @param error half of the 99.9 % confidence interval of {@code nanos}; not a number where there was but one iteration
 * @param bytes allocated
 */
record Figure(double nanos, double error, double bytes) {}
