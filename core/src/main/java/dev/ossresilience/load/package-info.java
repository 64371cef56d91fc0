/** Load control: how much a client asks of OSS once OSS has shown that it is too much. */
@NullMarked
package dev.ossresilience.load;

import org.jspecify.annotations.NullMarked;
