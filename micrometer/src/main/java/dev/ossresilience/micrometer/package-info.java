/** What happens in calls to OSS, as Micrometer metrics. */
@NullMarked
package dev.ossresilience.micrometer;

import org.jspecify.annotations.NullMarked;
