package dev.ossresilience.error;

import dev.ossresilience.xml.HardenedXml;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML in streaming mode; refuses document types and entities. Takes the reader below Jackson's tokens, for these don't tell an
 * attribute from an element, and cost as much again.
 */
final class XmlErrors {
  private XmlErrors() {}

  /** Puts what it can read into {@code document}; false if the XML is not well-formed or cut short. */
  static boolean read(byte[] bytes, ErrorDocument document) {
    int start = 0;
    while (start < bytes.length && bytes[start] <= ' ' && bytes[start] >= 0) {
      start++; // a declaration must be first, but some servers put a line feed before it
    }
    try {
      XMLStreamReader xml = HardenedXml.reader(bytes, start, bytes.length - start);
      try {
        while (!xml.isStartElement()) {
          xml.next();
        }
        if (!"Error".equals(xml.getLocalName())) {
          return true; // somebody else's document
        }
        document.sawErrorRoot();
        return readChildren(xml, document);
      } finally {
        xml.close(); // gives its buffers back to be used again
      }
    } catch (XMLStreamException | RuntimeException e) {
      return false; // what was read up to here still says what happened
    }
  }

  private static boolean readChildren(XMLStreamReader xml, ErrorDocument document) throws XMLStreamException {
    StringBuilder text = new StringBuilder(128); // most values fit
    boolean leaf = false;
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          leaf = true;
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> document.append(text, xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        case XMLStreamConstants.END_ELEMENT -> {
          if (leaf) {
            document.put(xml.getLocalName(), text.toString(), depth == 2);
          }
          leaf = false;
          depth--;
        }
        default -> {}
      }
    }
    return true; // whatever follows the root is not the error's
  }
}
