package dev.ossresilience.operation;

/** What tells, after a doubt, whether an earlier attempt of a write took effect. */
public enum Proof {
  /** Nothing does. */
  NONE("nothing tells", "look at what is there before you repeat it"),
  /** Position, length and CRC64 of the bytes there: see the package {@code append}. */
  POSITION("position, length and CRC64", "read the object from that position and compare before you append again"),
  /** The object's ETag, which is made of those of the parts. */
  PART_ETAGS("the object's ETag is that of the parts", "look at the object, and list the key's uploads, before you complete it again"),
  /** The object's length, CRC64 and metadata are those sent, and it wasn't there before the call. */
  SAME_CONTENT("length, CRC64, metadata and age of the object", "compare the object with your bytes before you repeat it"),
  /** The object's length and CRC64 are those of the source, and it wasn't there before the call. */
  SAME_COPY("length and CRC64 of source and copy, metadata and age of the copy", "compare the copy with its source before you repeat it"),
  /** The symlink's target is that sent, and it wasn't there before the call. */
  SAME_LINK("target and age of the symlink", "read the symlink and compare its target before you repeat it"),
  /** The bucket is ours to look at and wasn't there before the call. */
  NEW_BUCKET("the bucket may be looked at and is new", "look at the bucket's info before you create it again"),
  /** The refusal itself: what was to go is gone. */
  GONE("the refusal itself", "look at what is there before you repeat it"),
  /** The refusal itself, on a first attempt too: what was to be begun is under way, whoever began it. */
  UNDER_WAY("the refusal itself, even of a first attempt", "look at what is there before you repeat it");

  private final String words;
  private final String advice;

  Proof(String words, String advice) {
    this.words = words;
    this.advice = advice;
  }

  /** For the docs. */
  public String words() {
    return words;
  }

  /** What the caller can do who was left in doubt. */
  public String advice() {
    return advice;
  }

  /** Whether it proves something only after an earlier attempt that may have taken effect. */
  boolean needsDoubt() {
    return this != UNDER_WAY;
  }
}
