/** The clients that are compared, behind one interface. */
@NullMarked
package dev.ossresilience.benchmarks.scorecard.peer;

import org.jspecify.annotations.NullMarked;
