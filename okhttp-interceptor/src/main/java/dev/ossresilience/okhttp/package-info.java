/** OkHttp. */
@NullMarked
package dev.ossresilience.okhttp;

import org.jspecify.annotations.NullMarked;
