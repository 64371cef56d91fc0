/** The fault scripts, what each of them must end in, and who judges that. */
@NullMarked
package dev.ossresilience.benchmarks.scorecard.script;

import org.jspecify.annotations.NullMarked;
