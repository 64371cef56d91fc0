package dev.ossresilience.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the JSON that some of OSS's services answer with: the usual fields, at the top or inside {@code "Error"}. */
final class JsonErrors {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonErrors() {}

  static void read(byte[] bytes, int start, ErrorDocument document) {
    try (JsonParser parser = JSON.createParser(bytes, start, bytes.length - start)) {
      int depth = 0;
      int envelope = 1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
          envelope = depth == 2 && "Error".equals(parser.getParsingContext().getParent().getCurrentName()) ? 2 : envelope;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && parser.currentName() != null) {
          document.put(parser.currentName(), parser.getText(), depth == envelope);
        }
      }
    } catch (IOException | RuntimeException e) {
      return; // what was read up to here still says what happened
    }
  }
}
