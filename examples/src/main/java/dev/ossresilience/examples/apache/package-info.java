/** A file uploaded and downloaded with Apache HttpClient 5. */
@NullMarked
package dev.ossresilience.examples.apache;

import org.jspecify.annotations.NullMarked;
