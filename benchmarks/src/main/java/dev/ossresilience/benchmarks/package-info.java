/** Figures about this library and its peers; for developers of the project, published nowhere. */
@NullMarked
package dev.ossresilience.benchmarks;

import org.jspecify.annotations.NullMarked;
