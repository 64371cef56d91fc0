/** Turns the state machine's steps into action over an HTTP client's binding. */
@NullMarked
package dev.ossresilience.driver;

import org.jspecify.annotations.NullMarked;
