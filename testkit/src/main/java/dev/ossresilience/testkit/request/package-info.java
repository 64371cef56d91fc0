/** A request taken apart. */
@NullMarked
package dev.ossresilience.testkit.request;

import org.jspecify.annotations.NullMarked;
