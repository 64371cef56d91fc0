package dev.ossresilience.testkit.store;

/** How an object came to be, which decides what may be done with it. */
public enum ObjectType {
  NORMAL("Normal"),
  APPENDABLE("Appendable"),
  MULTIPART("Multipart"),
  SYMLINK("Symlink");

  private final String wireName;

  ObjectType(String wireName) {
    this.wireName = wireName;
  }

  /** As in {@code x-oss-object-type} and in listings. */
  public String wireName() {
    return wireName;
  }
}
