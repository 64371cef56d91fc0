/** What the examples share: the machine they run on, the OSS they call, the troubles they meet there, and how these are told. */
@NullMarked
package dev.ossresilience.examples.stage;

import org.jspecify.annotations.NullMarked;
