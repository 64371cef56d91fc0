package dev.ossresilience.testkit.answer;

/** What became of a request before it is dressed as an HTTP response. */
public sealed interface Outcome permits Answer, Failure {}
