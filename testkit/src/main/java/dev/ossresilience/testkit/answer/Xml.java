package dev.ossresilience.testkit.answer;

import java.util.function.Consumer;
import okio.ByteString;

/** Writes an XML document as OSS lays it out: two spaces of indent, no namespaces, empty elements in full. Not thread-safe. */
public final class Xml {
  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private int depth;

  /** An element with text. */
  public Xml text(String name, String value) {
    out.append("  ".repeat(depth)).append('<').append(name).append('>');
    escape(value);
    out.append("</").append(name).append(">\n");
    return this;
  }

  public Xml text(String name, long value) {
    return text(name, Long.toString(value));
  }

  public Xml text(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  /** An element with elements. */
  public Xml group(String name, Consumer<Xml> content) {
    String indent = "  ".repeat(depth);
    out.append(indent).append('<').append(name).append(">\n");
    depth++;
    content.accept(this);
    depth--;
    out.append(indent).append("</").append(name).append(">\n");
    return this;
  }

  public ByteString bytes() {
    return ByteString.encodeUtf8(out.toString());
  }

  /** The document as a successful response. */
  public Answer answer() {
    return Answer.of(200).with("Content-Type", "application/xml").withBody(bytes());
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;"); // "]]>" must not stand in text
        case '\t', '\n' -> out.append(c);
        default -> {
          // A reader turns a bare carriage return into a line feed. The other control characters no reader of XML 1.0 accepts in any
          // form, which is why listings have encoding-type; whoever doesn't use it shall notice here too.
          if (c < ' ' || c == 0xFFFE || c == 0xFFFF) {
            out.append("&#").append((int) c).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
