package dev.ossresilience.testkit.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One answer's worth of a listing.
 *
 * @param commonPrefixes what names begin with up to the first delimiter after the prefix asked for, each once; they stand for these names
 * @param lastName of the last item or common prefix, empty if there is none
 * @param lastItem null if the last one is a common prefix, or there is none
 */
record Page<T>(List<T> items, List<String> commonPrefixes, boolean truncated, String lastName, @Nullable T lastItem) {
  /**
   * Fills a page.
   *
   * @param candidates in the order of their names, beginning after {@link Listing#after}
   */
  static <T> Page<T> of(Iterable<T> candidates, Function<T, String> nameOf, Listing listing) {
    List<T> items = new ArrayList<>();
    List<String> commonPrefixes = new ArrayList<>();
    // A marker that is itself a common prefix means that all it stands for has been listed.
    String lastPrefix = listing.after();
    String lastName = "";
    T lastItem = null;
    for (T candidate : candidates) {
      String name = nameOf.apply(candidate);
      String common = commonPrefix(name, listing);
      if (!name.startsWith(listing.prefix()) || (common != null && common.equals(lastPrefix))) {
        continue;
      }
      if (items.size() + commonPrefixes.size() == listing.limit()) {
        return new Page<>(items, commonPrefixes, true, lastName, lastItem);
      }
      if (common == null) {
        items.add(candidate);
      } else {
        commonPrefixes.add(common);
        lastPrefix = common;
      }
      lastName = common == null ? name : common;
      lastItem = common == null ? candidate : null;
    }
    return new Page<>(items, commonPrefixes, false, lastName, lastItem);
  }

  private static @Nullable String commonPrefix(String name, Listing listing) {
    String delimiter = listing.delimiter();
    int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, listing.prefix().length());
    return at < 0 ? null : name.substring(0, at + delimiter.length());
  }
}
