/** The report: charts in SVG, a page in HTML, tables in Markdown. */
@NullMarked
package dev.ossresilience.benchmarks.fleet.page;

import org.jspecify.annotations.NullMarked;
