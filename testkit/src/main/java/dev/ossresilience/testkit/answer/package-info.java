/** What is answered, and how OSS writes it. */
@NullMarked
package dev.ossresilience.testkit.answer;

import org.jspecify.annotations.NullMarked;
