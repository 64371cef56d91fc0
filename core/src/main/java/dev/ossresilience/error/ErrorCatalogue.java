package dev.ossresilience.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each error code means: every code that OSS documents or is known to send, and by status what to make of a code nobody knows.
 * Immutable.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/support/error-codes-2">OSS: error responses</a>
 */
public final class ErrorCatalogue {
  private final Map<String, CatalogueEntry> byCode;
  private final Map<String, CatalogueEntry> byEc;

  private ErrorCatalogue(Map<String, CatalogueEntry> byCode) {
    this.byCode = byCode;
    this.byEc = new LinkedHashMap<>();
    for (CatalogueEntry entry : byCode.values()) {
      entry.ecs().forEach(ec -> byEc.putIfAbsent(ec, entry));
    }
  }

  /** The catalogue that comes with this library. */
  public static ErrorCatalogue standard() {
    return Standard.CATALOGUE;
  }

  static ErrorCatalogue of(List<CatalogueEntry> entries) {
    Map<String, CatalogueEntry> byCode = new LinkedHashMap<>();
    for (CatalogueEntry entry : entries) {
      if (byCode.put(entry.code(), entry) != null) {
        throw new IllegalArgumentException("the code " + entry.code() + " is in the catalogue twice");
      }
    }
    return new ErrorCatalogue(byCode);
  }

  /** This catalogue with an entry added, or replaced if its code is known. */
  public ErrorCatalogue with(CatalogueEntry entry) {
    Map<String, CatalogueEntry> changed = new LinkedHashMap<>(byCode);
    changed.put(entry.code(), entry);
    return new ErrorCatalogue(changed);
  }

  /** What a code means, null if nobody knows. */
  public @Nullable CatalogueEntry entry(String code) {
    return code.isEmpty() || isFallback(code) ? null : byCode.get(code);
  }

  /** All codes, by status and code. */
  public List<CatalogueEntry> entries() {
    List<CatalogueEntry> entries = new ArrayList<>(byCode.values());
    entries.removeIf(entry -> isFallback(entry.code()));
    return Collections.unmodifiableList(entries);
  }

  /** What to make of a status without a known code: an exact status before a class of them. */
  public List<CatalogueEntry> fallbacks() {
    return byCode.values().stream().filter(entry -> isFallback(entry.code())).toList();
  }

  /** The entry for an error: by its code, else by its EC if there was no code, else by its status. */
  CatalogueEntry lookUp(int status, @Nullable String code, @Nullable String ec) {
    CatalogueEntry found = code != null ? entry(code) : ec != null ? byEc.get(ec) : null;
    return found != null ? found : fallback(status);
  }

  private CatalogueEntry fallback(int status) {
    CatalogueEntry exact = byCode.get(Integer.toString(status));
    CatalogueEntry entry = exact != null ? exact : byCode.get(status / 100 + "xx");
    return entry != null ? entry : CatalogueEntry.of(Integer.toString(status), status, Verdict.FATAL, Effect.UNKNOWN);
  }

  private static boolean isFallback(String code) {
    return Character.isDigit(code.charAt(0));
  }

  /** Read when it is first needed, once. */
  private static final class Standard {
    static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(CatalogueReader.read("catalogue.json"));
  }
}
