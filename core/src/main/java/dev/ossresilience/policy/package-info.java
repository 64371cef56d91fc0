/** Question 4, is there room, and when: attempts, deadline, backoff. */
@NullMarked
package dev.ossresilience.policy;

import org.jspecify.annotations.NullMarked;
