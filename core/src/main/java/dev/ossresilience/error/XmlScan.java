package dev.ossresilience.error;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads leaves out of XML that no parser accepts: cut off, wrongly quoted, with a bare ampersand. Keeps count of the depth and passes over
 * comments, literal text and attributes, so that what a stranger put into a key is not taken for an element. One pass, no backtracking.
 */
final class XmlScan {
  private final String text;
  private final ErrorDocument document;
  private final Deque<String> open = new ArrayDeque<>();
  private int leafStart = -1;

  private XmlScan(String text, ErrorDocument document) {
    this.text = text;
    this.document = document;
  }

  /** Puts what it can read into {@code document}, if the first element is an {@code Error}. */
  static void read(String text, ErrorDocument document) {
    new XmlScan(text, document).run();
  }

  private void run() {
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
      int end = endOfMarkup(at);
      if (end < 0) {
        return; // cut off
      }
      if (isTag(at) && !tag(at, end)) {
        return;
      }
      at = end;
    }
  }

  /** False if there is nothing more to read. */
  private boolean tag(int at, int end) {
    boolean closing = text.charAt(at + 1) == '/';
    String name = nameAt(at + (closing ? 2 : 1), end);
    if (closing) {
      if (!name.equals(open.peek())) {
        return true; // of nothing that is open: passed over
      }
      if (leafStart >= 0) {
        document.put(name, text.substring(leafStart, at), open.size() == 2);
      }
      leafStart = -1;
      open.pop();
      return !open.isEmpty();
    }
    if (open.isEmpty() && !name.equals("Error")) {
      return false; // somebody else's document
    }
    document.sawErrorRoot();
    boolean empty = text.charAt(end - 2) == '/';
    leafStart = empty ? -1 : end;
    if (!empty) {
      open.push(name);
    }
    return true;
  }

  private boolean isTag(int at) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return next == '/' || Character.isLetter(next);
  }

  /** Behind the markup that begins at {@code at}; -1 if it never ends. */
  private int endOfMarkup(int at) {
    if (text.startsWith("<!--", at)) {
      leafStart = -1; // its element is no plain leaf
      return behind("-->", at);
    }
    if (text.startsWith("<![CDATA[", at)) {
      leafStart = -1;
      return behind("]]>", at);
    }
    char quote = 0;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return -1;
  }

  private int behind(String terminator, int from) {
    int found = text.indexOf(terminator, from);
    return found < 0 ? -1 : found + terminator.length();
  }

  private String nameAt(int start, int end) {
    int i = start;
    while (i < end && (Character.isLetterOrDigit(text.charAt(i)) || "-_.:".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return text.substring(text.lastIndexOf(':', i - 1) >= start ? text.lastIndexOf(':', i - 1) + 1 : start, i);
  }
}
