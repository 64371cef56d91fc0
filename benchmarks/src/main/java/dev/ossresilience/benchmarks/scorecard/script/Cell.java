package dev.ossresilience.benchmarks.scorecard.script;

/**
 * How one client fared in one script.
 *
 * @param requests that reached the server
 */
public record Cell(Verdict verdict, String note, int requests, long millis) {}
