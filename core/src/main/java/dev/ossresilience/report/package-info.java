/** What happened in a call, for people and programs. */
@NullMarked
package dev.ossresilience.report;

import org.jspecify.annotations.NullMarked;
