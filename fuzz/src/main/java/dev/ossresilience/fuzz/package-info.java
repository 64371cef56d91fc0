/** Coverage-guided fuzzing; everything but this page is in the tests. */
package dev.ossresilience.fuzz;
