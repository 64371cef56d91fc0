/** One logical call as a state machine without I/O. */
@NullMarked
package dev.ossresilience.exchange;

import org.jspecify.annotations.NullMarked;
