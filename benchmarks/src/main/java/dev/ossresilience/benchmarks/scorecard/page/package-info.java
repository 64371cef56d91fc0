/** What is shown of the results: a page in Markdown and a picture. */
@NullMarked
package dev.ossresilience.benchmarks.scorecard.page;

import org.jspecify.annotations.NullMarked;
