package dev.ossresilience.exchange;

/**
 * The body of one attempt as it went out, when all of it did.
 *
 * @param length in bytes
 * @param crc its CRC64, unsigned
 */
public record BodySent(long length, long crc) {}
