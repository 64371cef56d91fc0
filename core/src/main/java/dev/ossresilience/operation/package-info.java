/** Question 3, may it be sent again: which OSS operation a request is, and its replay rule. */
@NullMarked
package dev.ossresilience.operation;

import org.jspecify.annotations.NullMarked;
