/** The peer scorecard: the same fault scripts through this library, the plain HTTP clients, and the official SDKs. */
@NullMarked
package dev.ossresilience.benchmarks.scorecard;

import org.jspecify.annotations.NullMarked;
