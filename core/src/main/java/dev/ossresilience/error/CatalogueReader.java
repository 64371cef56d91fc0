package dev.ossresilience.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the catalogue: a JSON array of flat objects whose values are texts, numbers or lists of them. */
final class CatalogueReader {
  private CatalogueReader() {}

  static List<CatalogueEntry> read(String resource) {
    try (InputStream in = Objects.requireNonNull(CatalogueReader.class.getResourceAsStream(resource), resource);
        JsonParser json = new JsonFactory().createParser(in)) {
      List<CatalogueEntry> entries = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        entries.add(entry(json));
      }
      return entries;
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + resource + " of this library is damaged", e);
    }
  }

  private static CatalogueEntry entry(JsonParser json) throws IOException {
    Map<String, List<String>> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      List<String> values = new ArrayList<>(1);
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(json.getText());
        }
      } else {
        values.add(json.getText());
      }
      fields.put(name, values);
    }
    String scope = text(fields, "scope");
    return new CatalogueEntry(
        text(fields, "code"),
        list(fields, "statuses").stream().map(Integer::valueOf).toList(),
        Verdict.valueOf(text(fields, "verdict")),
        Effect.valueOf(text(fields, "effect")),
        scope.isEmpty() ? null : ThrottleScope.valueOf(scope),
        text(fields, "message"),
        text(fields, "cause"),
        text(fields, "solution"),
        list(fields, "elements"),
        list(fields, "ecs"),
        text(fields, "source"));
  }

  private static String text(Map<String, List<String>> fields, String name) {
    List<String> values = list(fields, name);
    return values.isEmpty() ? "" : values.get(0);
  }

  private static List<String> list(Map<String, List<String>> fields, String name) {
    return fields.getOrDefault(name, List.of());
  }
}
