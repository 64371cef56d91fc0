/** How much a client may ask per second. */
@NullMarked
package dev.ossresilience.testkit.limit;

import org.jspecify.annotations.NullMarked;
