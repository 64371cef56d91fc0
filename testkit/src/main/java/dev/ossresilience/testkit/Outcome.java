package dev.ossresilience.testkit;

/** What became of a request before it is dressed as an HTTP response. */
sealed interface Outcome permits Answer, Failure {}
