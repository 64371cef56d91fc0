/** Question 1, what went wrong: bytes to error to verdict; and 2, did it take effect. */
@NullMarked
package dev.ossresilience.error;

import org.jspecify.annotations.NullMarked;
