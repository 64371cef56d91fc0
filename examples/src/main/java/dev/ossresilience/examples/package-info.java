/** Runnable programs. */
@NullMarked
package dev.ossresilience.examples;

import org.jspecify.annotations.NullMarked;
