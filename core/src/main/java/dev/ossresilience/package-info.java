/** Entry point: {@link dev.ossresilience.OssResilience}. */
@NullMarked
package dev.ossresilience;

import org.jspecify.annotations.NullMarked;
