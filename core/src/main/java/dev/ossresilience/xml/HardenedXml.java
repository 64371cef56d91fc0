package dev.ossresilience.xml;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.jspecify.annotations.Nullable;

/** Reads XML in streaming mode; refuses document types and entities. Thread-safe. */
public final class HardenedXml {
  private static final XmlFactory XML = hardened();

  private HardenedXml() {}

  /** A reader of {@code length} bytes from {@code start}; to be closed, for that gives its buffers back to be used again. */
  public static XMLStreamReader reader(byte[] bytes, int start, int length) throws XMLStreamException {
    return XML.getXMLInputFactory().createXMLStreamReader(new Stax2ByteArraySource(bytes, start, length));
  }

  /** The texts of all elements of a local name that have no children, stripped, in order; null if it is not well-formed XML. */
  public static @Nullable List<String> texts(byte[] bytes, String name) {
    List<String> texts = new ArrayList<>();
    try {
      XMLStreamReader xml = reader(bytes, 0, bytes.length);
      try {
        StringBuilder text = new StringBuilder();
        boolean leaf = false;
        while (xml.hasNext()) {
          switch (xml.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
              leaf = true;
              text.setLength(0);
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
            case XMLStreamConstants.END_ELEMENT -> {
              if (leaf && xml.getLocalName().equals(name)) {
                texts.add(text.toString().strip());
              }
              leaf = false;
            }
            default -> {}
          }
        }
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      return null;
    }
    return texts;
  }

  private static XmlFactory hardened() {
    WstxInputFactory input = new WstxInputFactory();
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    input.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return XmlFactory.builder().xmlInputFactory(input).build();
  }
}
