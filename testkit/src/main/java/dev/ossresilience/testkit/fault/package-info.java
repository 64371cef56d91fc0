/** What can go wrong with one request. */
@NullMarked
package dev.ossresilience.testkit.fault;

import org.jspecify.annotations.NullMarked;
