package dev.ossresilience.benchmarks;

/** Text for XML and HTML. */
public final class Xml {
  private Xml() {}

  /** For text and attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
