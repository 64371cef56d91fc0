/** Question 3, may it be sent again, and changed how: verdict, effect and operation to remedy. */
@NullMarked
package dev.ossresilience.remedy;

import org.jspecify.annotations.NullMarked;
