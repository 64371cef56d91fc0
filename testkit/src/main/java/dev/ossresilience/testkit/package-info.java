/** A simulated OSS with faults, for tests. */
@NullMarked
package dev.ossresilience.testkit;

import org.jspecify.annotations.NullMarked;
