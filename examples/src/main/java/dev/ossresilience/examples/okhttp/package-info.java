/** A file uploaded and downloaded with OkHttp. */
@NullMarked
package dev.ossresilience.examples.okhttp;

import org.jspecify.annotations.NullMarked;
