/** Many uploads at once that hold no threads. */
@NullMarked
package dev.ossresilience.examples.bulk;

import org.jspecify.annotations.NullMarked;
