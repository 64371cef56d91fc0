package dev.ossresilience.error;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.deser.FromXmlParser;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML in streaming mode; refuses document types and entities. Takes Jackson's bounded reader but not its tokens, for these don't
 * tell an attribute from an element, and an element of the envelope from one of the same name deeper down.
 */
final class XmlErrors {
  private static final XmlFactory XML = hardened();

  private XmlErrors() {}

  /** Puts what it can read into {@code document}; false if the XML is not well-formed or cut short. */
  static boolean read(byte[] bytes, ErrorDocument document) {
    int start = 0;
    while (start < bytes.length && bytes[start] <= ' ' && bytes[start] >= 0) {
      start++; // a declaration must be first, but some servers put a line feed before it
    }
    try (JsonParser parser = XML.createParser(bytes, start, bytes.length - start)) {
      XMLStreamReader xml = ((FromXmlParser) parser).getStaxReader();
      return !"Error".equals(xml.getLocalName()) || readChildren(xml, document);
    } catch (IOException | XMLStreamException | RuntimeException e) {
      return false; // what was read up to here still says what happened
    }
  }

  private static boolean readChildren(XMLStreamReader xml, ErrorDocument document) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    boolean leaf = false;
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          leaf = true;
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> document.append(text, xml.getText());
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

  private static XmlFactory hardened() {
    WstxInputFactory input = new WstxInputFactory();
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    input.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return XmlFactory.builder().xmlInputFactory(input).build();
  }
}
