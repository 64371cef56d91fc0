/** The checksum OSS keeps of every object. */
@NullMarked
package dev.ossresilience.crc;

import org.jspecify.annotations.NullMarked;
