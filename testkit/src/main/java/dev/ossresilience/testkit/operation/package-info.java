/** What a request does to what is stored. */
@NullMarked
package dev.ossresilience.testkit.operation;

import org.jspecify.annotations.NullMarked;
