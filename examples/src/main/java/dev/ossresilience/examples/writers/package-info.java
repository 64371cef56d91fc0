/** Several writers append to one object at once. */
@NullMarked
package dev.ossresilience.examples.writers;

import org.jspecify.annotations.NullMarked;
