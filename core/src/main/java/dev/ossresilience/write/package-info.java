/** Writes other than appends: what proves that a doubtful one took effect, and what is said where nothing does. */
@NullMarked
package dev.ossresilience.write;

import org.jspecify.annotations.NullMarked;
