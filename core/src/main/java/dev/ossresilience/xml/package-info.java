/** Reading XML that others wrote. */
@NullMarked
package dev.ossresilience.xml;

import org.jspecify.annotations.NullMarked;
