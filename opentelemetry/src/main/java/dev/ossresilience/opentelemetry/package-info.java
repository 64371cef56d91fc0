/** Why calls to OSS were repeated, told to OpenTelemetry. */
@NullMarked
package dev.ossresilience.opentelemetry;

import org.jspecify.annotations.NullMarked;
