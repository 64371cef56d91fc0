/** Uploads and downloads by presigned URLs, without credentials. */
@NullMarked
package dev.ossresilience.examples.presigned;

import org.jspecify.annotations.NullMarked;
