/** What every adapter must do, as data, and the suite that checks it. */
@NullMarked
package dev.ossresilience.testkit.conformance;

import org.jspecify.annotations.NullMarked;
