/** What an error means and what to do about it. */
@NullMarked
package dev.ossresilience.examples.explain;

import org.jspecify.annotations.NullMarked;
