/** The server's clock and how OSS writes a moment. */
@NullMarked
package dev.ossresilience.testkit.time;

import org.jspecify.annotations.NullMarked;
