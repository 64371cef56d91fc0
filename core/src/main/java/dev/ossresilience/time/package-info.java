/** Clocks and waiting, injected everywhere. */
@NullMarked
package dev.ossresilience.time;

import org.jspecify.annotations.NullMarked;
