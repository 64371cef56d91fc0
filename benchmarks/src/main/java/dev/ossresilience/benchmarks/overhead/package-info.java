/** What the middleware costs where nothing fails, and where something does. */
@NullMarked
package dev.ossresilience.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
