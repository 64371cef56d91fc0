/** A laptop whose clock is wrong. */
@NullMarked
package dev.ossresilience.examples.skewed;

import org.jspecify.annotations.NullMarked;
