/** Takes requests off the wire, acts out their faults, writes the answers. */
@NullMarked
package dev.ossresilience.testkit.wire;

import org.jspecify.annotations.NullMarked;
