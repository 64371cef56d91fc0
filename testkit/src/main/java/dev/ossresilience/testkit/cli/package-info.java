/** The simulator as a program of its own. */
@NullMarked
package dev.ossresilience.testkit.cli;

import org.jspecify.annotations.NullMarked;
