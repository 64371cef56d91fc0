package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.testkit.fleet.Outcome;

/**
 * What came of one story for one fleet.
 *
 * @param nanos that the run took
 */
public record Result(Story story, int clients, Way way, Outcome outcome, long nanos) {}
