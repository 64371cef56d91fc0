package dev.ossresilience.testkit.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON as far as OSS's own documents go: one object of names and plain values. */
public final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /** The members of an object, in order; null if this is not such an object. */
  public static @Nullable Map<String, String> parse(byte[] document) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!parser.nextToken().isScalarValue()) {
          return null;
        }
        members.put(name, parser.getText());
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? members : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether this is one JSON value, of whatever kind. */
  public static boolean isJson(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
