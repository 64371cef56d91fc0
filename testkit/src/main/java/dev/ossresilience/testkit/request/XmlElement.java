package dev.ossresilience.testkit.request;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An element of a request's XML body.
 *
 * @param name without its namespace, which OSS ignores
 * @param text what stands directly in it, with all blanks: those around a key belong to it
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
  /** Far deeper than any document OSS takes, so that a hostile one can't exhaust the stack. */
  private static final int MAX_DEPTH = 16;

  public XmlElement {
    children = List.copyOf(children);
  }

  /** Reads a document and returns its root; null if it is not well-formed or has a DTD, which nobody needs but attackers. */
  public static @Nullable XmlElement parse(ByteString document) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is resolved");
    });
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new Buffer().write(document).inputStream());
      XmlElement root = null;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          return null;
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          root = element(reader, 1);
        }
      }
      return root;
    } catch (XMLStreamException e) {
      return null;
    }
  }

  /** The text of the only child of that name; null if there is none or more than one. */
  public @Nullable String childText(String childName) {
    List<XmlElement> found = children(childName);
    return found.size() == 1 ? found.get(0).text() : null;
  }

  /** As {@link #childText}, without blanks around it: for numbers and words, which clients may set apart. */
  public @Nullable String childWord(String childName) {
    String text = childText(childName);
    return text == null ? null : text.strip();
  }

  public List<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.name().equals(childName)).toList();
  }

  private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("too deep");
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("undeclared entity");
        default -> {} // comments and processing instructions say nothing
      }
    }
    return new XmlElement(name, text.toString(), children);
  }
}
