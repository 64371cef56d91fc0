package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.Query;
import dev.ossresilience.testkit.request.XmlElement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags of an object as requests write them. */
final class Tags {
  /** OSS's limits on an object: so many tags, so many characters, and these alone. */
  private static final int MAX_TAGS = 10;

  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Nd} +\\-=._:/]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Nd} +\\-=._:/]{0,256}");

  private Tags() {}

  /** Reads {@code x-oss-tagging}, which is written like a query; null if OSS wouldn't take it. */
  static @Nullable SortedMap<String, String> parse(String header) {
    List<Query.Parameter> pairs = Query.parse(header).parameters();
    SortedMap<String, String> tags = new TreeMap<>();
    pairs.forEach(pair -> tags.put(pair.name(), pair.value()));
    return tags.size() == pairs.size() && areValid(tags) ? tags : null;
  }

  /** Reads the children of a {@code TagSet}; null if OSS wouldn't take them. */
  static @Nullable SortedMap<String, String> parse(List<XmlElement> elements) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (XmlElement element : elements) {
      String key = element.childText("Key");
      String value = element.childText("Value");
      if (key == null || tags.put(key, value == null ? "" : value) != null) {
        return null;
      }
    }
    return areValid(tags) ? tags : null;
  }

  private static boolean areValid(SortedMap<String, String> tags) {
    return tags.size() <= MAX_TAGS
        && tags.keySet().stream().allMatch(key -> KEY.matcher(key).matches())
        && tags.values().stream().allMatch(value -> VALUE.matcher(value).matches());
  }
}
