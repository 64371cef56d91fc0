/** What is stored. */
@NullMarked
package dev.ossresilience.testkit.store;

import org.jspecify.annotations.NullMarked;
