/** More clients than a limit has room for. */
@NullMarked
package dev.ossresilience.examples.storm;

import org.jspecify.annotations.NullMarked;
