package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.request.OssRequest;
import org.jspecify.annotations.Nullable;

/**
 * What requests for listings have in common.
 *
 * @param after the name after which the listing begins, empty for its start
 * @param delimiter empty if names are not rolled up
 * @param encoded whether names are percent-encoded in the answer, since XML can't hold all of them
 */
record Listing(String prefix, String delimiter, String after, int limit, boolean encoded) {
  /** The most entries that one answer has, of any kind. */
  static final int MAX_ENTRIES = 1000;

  /**
   * The error if the number of entries asked for or the encoding is not possible.
   *
   * @param ec the detailed code of an error of the limit, empty if unknown
   */
  static @Nullable Failure refusal(OssRequest request, String limitParameter, String ec) {
    String limit = request.query().first(limitParameter);
    if (limit != null && !limit.isEmpty() && (!limit.matches("\\d{1,9}") || outOfRange(Integer.parseInt(limit)))) {
      return Wrong.argument(limitParameter, limit).message("Invalid Argument", ec);
    }
    String encoding = request.query().first("encoding-type");
    return encoding == null || encoding.isEmpty() || encoding.equals("url") ? null : Wrong.argument("encoding-type", encoding);
  }

  /** Reads a request that was not refused. */
  static Listing of(OssRequest request, String afterParameter, String limitParameter, int defaultLimit) {
    String limit = value(request, limitParameter);
    return new Listing(
        value(request, "prefix"),
        value(request, "delimiter"),
        value(request, afterParameter),
        limit.isEmpty() ? defaultLimit : Integer.parseInt(limit),
        "url".equals(request.query().first("encoding-type")));
  }

  static String value(OssRequest request, String parameter) {
    String value = request.query().first(parameter);
    return value == null ? "" : value;
  }

  Listing after(String changed) {
    return new Listing(prefix, delimiter, changed, limit, encoded);
  }

  /** A key, or part of one, as the answer has it. */
  String name(String name) {
    return encoded ? PercentEncoding.encode(name, false) : name;
  }

  /** Says in the answer how names are encoded, if they are. */
  void encoding(Xml xml) {
    if (encoded) {
      xml.text("EncodingType", "url");
    }
  }

  void commonPrefixes(Xml xml, Page<?> page) {
    for (String common : page.commonPrefixes()) {
      xml.group("CommonPrefixes", group -> group.text("Prefix", name(common)));
    }
  }

  private static boolean outOfRange(int limit) {
    return limit < 1 || limit > MAX_ENTRIES;
  }
}
