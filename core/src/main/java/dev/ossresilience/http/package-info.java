/** Requests and responses as the core sees them, whatever the HTTP client. */
@NullMarked
package dev.ossresilience.http;

import org.jspecify.annotations.NullMarked;
