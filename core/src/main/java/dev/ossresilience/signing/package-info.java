/** Who signs, and how. */
@NullMarked
package dev.ossresilience.signing;

import org.jspecify.annotations.NullMarked;
