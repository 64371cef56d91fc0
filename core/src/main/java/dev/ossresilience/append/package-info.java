/** Appends exactly once: finding out what happened before acting. */
@NullMarked
package dev.ossresilience.append;

import org.jspecify.annotations.NullMarked;
