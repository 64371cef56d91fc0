/** Who may pass. */
@NullMarked
package dev.ossresilience.testkit.auth;

import org.jspecify.annotations.NullMarked;
