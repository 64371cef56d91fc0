/** A fleet of clients in virtual time: what each way to retry does to a server in trouble, as a table and as a page of charts. */
@NullMarked
package dev.ossresilience.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
