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
      boolean inError = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
          inError |= depth == 2 && token == JsonToken.START_OBJECT && "Error".equals(parser.getParsingContext().getParent().getCurrentName());
        } else if (token.isStructEnd()) {
          depth--;
          inError &= depth >= 2;
        } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL && parser.currentName() != null) {
          document.put(parser.currentName(), parser.getText(), depth == 1 || (depth == 2 && inError));
        }
      }
    } catch (IOException | RuntimeException e) {
      return; // what was read up to here still says what happened
    }
  }
}
