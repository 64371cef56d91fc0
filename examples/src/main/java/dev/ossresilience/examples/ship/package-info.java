/** The log shipper: appends a text file to an object, record by record, and proves that nothing was lost or doubled. */
@NullMarked
package dev.ossresilience.examples.ship;

import org.jspecify.annotations.NullMarked;
