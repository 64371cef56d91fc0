/** Apache HttpClient 5. */
@NullMarked
package dev.ossresilience.apache5;

import org.jspecify.annotations.NullMarked;
