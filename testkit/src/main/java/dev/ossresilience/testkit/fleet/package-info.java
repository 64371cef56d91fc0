/**
 * A fleet of clients that share one OSS, in virtual time: what a way to retry does to the server, and to the other clients, when every
 * client of an account does the same. The clients run the real core; the server is a model.
 */
@NullMarked
package dev.ossresilience.testkit.fleet;

import org.jspecify.annotations.NullMarked;
