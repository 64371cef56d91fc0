package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ListObjects, ListObjectsV2 and ListObjectVersions. */
class ListingsTest extends SimulatorFixture {
  @Test
  void everyObjectIsDescribed() throws IOException {
    client.put("a", "hello");
    client.append("b", 0, "x");
    Response list = list("");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>\n  <Name>logs</Name>\n")
        .contains("<ETag>\"5D41402ABC4B2A76B9719D911017C592\"</ETag>\n    <Type>Normal</Type>\n    <Size>5</Size>")
        .contains("<StorageClass>Standard</StorageClass>\n    <Owner>\n", "<Type>Appendable</Type>\n    <Size>1</Size>")
        .contains("<LastModified>" + time.wallTime().toString().substring(0, 19) + ".")
        .doesNotContain("NextMarker");
    assertThat(list.texts("MaxKeys")).containsExactly("100");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                         a|b/1|b/2|b/c/3|c|d/4, ''",
    "prefix=b/,                  b/1|b/2|b/c/3,         ''",
    "delimiter=/,                a|c,                   b/|d/",
    "prefix=b/&delimiter=/,      b/1|b/2,               b/c/",
    "delimiter=/&marker=b/,      c,                     d/",
    "marker=b/2,                 b/c/3|c|d/4,           ''",
    "delimiter=/&marker=b/2,     c,                     b/|d/",
    "prefix=z,                   '',                    ''",
    "prefix=b&delimiter=b,       b/1|b/2|b/c/3,         ''",
  })
  void keysAreFilteredAndRolledUp(String query, String keys, String prefixes) throws IOException {
    puts("a", "b/1", "b/2", "b/c/3", "c", "d/4");
    Response list = list(query);
    assertThat(String.join("|", list.texts("Key"))).isEqualTo(keys);
    List<String> common = list.texts("Prefix").subList(1, list.texts("Prefix").size()); // the first is the one asked for
    assertThat(String.join("|", common)).isEqualTo(prefixes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void pagesAddUpToTheWhole(int limit) throws IOException {
    puts("a", "b/1", "b/2", "c", "d/3", "d/4");
    List<String> seen = new ArrayList<>();
    String marker = "";
    Response page;
    do {
      page = list("delimiter=/&max-keys=" + limit + "&marker=" + marker);
      List<String> names = new ArrayList<>(page.texts("Key"));
      names.addAll(page.texts("Prefix").subList(1, page.texts("Prefix").size()));
      assertThat(names).hasSizeBetween(1, limit);
      Collections.sort(names);
      seen.addAll(names);
      marker = page.texts("NextMarker").stream().findFirst().orElse("");
    } while (page.texts("IsTruncated").contains("true"));
    assertThat(seen).containsExactly("a", "b/", "c", "d/");
    assertThat(page.texts("NextMarker")).isEmpty();
  }

  @Test
  void keysAreInTheOrderOfTheirBytes() throws IOException {
    puts("\uD83D\uDE00", "\uFFFD", "z", "Z", "\u00E9"); // in Java's own order the first comes before the second
    assertThat(list("encoding-type=url").texts("Key")).containsExactly("Z", "z", "%C3%A9", "%EF%BF%BD", "%F0%9F%98%80");
    assertThat(list("encoding-type=url&marker=%EF%BF%BD").texts("Key")).containsExactly("%F0%9F%98%80");
  }

  @Test
  void namesAreEscapedOrEncoded() throws IOException {
    puts("a<&> b/\u00E9", "a<&> b/+");
    Response plain = list("prefix=a%3C%26");
    assertThat(new String(bytes(plain.body()), StandardCharsets.UTF_8))
        .contains("<Key>a&lt;&amp;&gt; b/\u00E9</Key>", "<Prefix>a&lt;&amp;</Prefix>")
        .doesNotContain("EncodingType");
    Response encoded = list("prefix=a%3C%26&delimiter=%2F&encoding-type=url");
    assertThat(encoded.texts("EncodingType")).containsExactly("url");
    assertThat(encoded.texts("Prefix")).containsExactly("a%3C%26", "a%3C%26%3E%20b%2F");
    assertThat(encoded.texts("Delimiter")).containsExactly("%2F");
    assertThat(list("encoding-type=base64").texts("Code")).containsExactly("InvalidArgument");
  }

  @ParameterizedTest
  @CsvSource({
    "max-keys=0,               0015-00000402", "max-keys=1001,          0015-00000402", "max-keys=x,         0015-00000402",
    "list-type=2&max-keys=-1,  0015-00000402", "versions&max-keys=2000, 0012-00000102", "versions&version-id-marker=v, 0012-00000106",
  })
  void anImpossiblePageIsRefused(String query, String ec) throws IOException {
    Response list = list(query);
    assertThat(list.status()).isEqualTo(400);
    assertThat(list.body()).contains("<Code>InvalidArgument</Code>", "<EC>" + ec + "</EC>");
  }

  @Test
  void aThousandKeysFitOnOnePage() throws IOException {
    for (int i = 0; i < 1001; i++) {
      oss.put("logs", "k" + (10_000 + i), bytes("x"));
    }
    Response list = list("max-keys=1000");
    assertThat(list.texts("Key")).hasSize(1000);
    assertThat(list.texts("IsTruncated")).containsExactly("true");
    assertThat(list("").texts("Key")).hasSize(100);
  }

  @Test
  void theSecondKindGoesOnByToken() throws IOException {
    puts("a", "b", "c/1", "c/2", "d");
    Response first = list("list-type=2&start-after=a&delimiter=%2F&max-keys=2");
    assertThat(first.texts("Key")).containsExactly("b");
    assertThat(first.texts("KeyCount")).containsExactly("2");
    assertThat(first.texts("StartAfter")).containsExactly("a");
    assertThat(first.body()).doesNotContain("<Owner>", "NextMarker");
    String token = first.texts("NextContinuationToken").get(0);
    Response second = list("list-type=2&start-after=a&delimiter=%2F&fetch-owner=true&continuation-token=" + token);
    assertThat(second.texts("Key")).containsExactly("d");
    assertThat(second.texts("ContinuationToken")).containsExactly(token);
    assertThat(second.texts("IsTruncated")).containsExactly("false");
    assertThat(second.body()).contains("<Owner>").doesNotContain("NextContinuationToken");
    assertThat(list("list-type=2&continuation-token=%21").texts("ArgumentName")).containsExactly("continuation-token");
    assertThat(list("list-type=1").texts("ArgumentName")).containsExactly("list-type");
    assertThat(list("list-type=2&marker=a").status()).as("it has no marker").isEqualTo(501);
  }

  @Test
  void versionsAreListedNewestFirstWithTheirDeleteMarkers() throws IOException {
    client.put("a", "old");
    enableVersioning();
    client.put("a", "newer");
    client.delete("a");
    client.put("b", "x");
    Response list = list("versions");
    assertThat(list.body()).contains("<ListVersionsResult>", "<DeleteMarker>\n    <Key>a</Key>");
    assertThat(list.texts("Key")).containsExactly("a", "a", "a", "b");
    assertThat(list.texts("IsLatest")).containsExactly("true", "false", "false", "true");
    assertThat(list.texts("Size")).as("a delete marker has none").containsExactly("5", "3", "1");
    assertThat(list.texts("VersionId")).doesNotHaveDuplicates().element(2).isEqualTo("null");
    assertThat(list("").texts("Key")).as("without versions").containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void pagesOfVersionsAddUpToTheWhole(int limit) throws IOException {
    enableVersioning();
    for (String key : new String[] {"a", "a", "a", "b/1", "b/1", "b/2", "c"}) {
      client.put(key, "x");
    }
    List<String> seen = new ArrayList<>();
    String markers = "";
    Response page;
    do {
      page = list("versions&delimiter=/&max-keys=" + limit + markers);
      seen.addAll(page.texts("VersionId"));
      seen.addAll(page.texts("Prefix").subList(1, page.texts("Prefix").size()));
      if (page.texts("IsTruncated").contains("true")) {
        markers = "&key-marker=" + page.texts("NextKeyMarker").get(0) + "&version-id-marker=" + page.texts("NextVersionIdMarker").get(0);
      }
    } while (page.texts("IsTruncated").contains("true"));
    List<String> whole = list("versions&delimiter=/").texts("VersionId");
    assertThat(whole).hasSize(4);
    assertThat(seen).doesNotHaveDuplicates().hasSize(5).containsAll(whole).contains("b/");
  }

  @Test
  void aKeyMarkerAloneSkipsTheKey() throws IOException {
    enableVersioning();
    puts("a", "a", "b");
    assertThat(list("versions&key-marker=a").texts("Key")).containsExactly("b");
    String newest = list("versions").texts("VersionId").get(0);
    assertThat(list("versions&key-marker=a&version-id-marker=" + newest).texts("Key")).containsExactly("a", "b");
    assertThat(list("versions&key-marker=a&version-id-marker=gone").texts("Key")).containsExactly("a", "a", "b");
  }

  private void enableVersioning() throws IOException {
    client.bucket("PUT", "logs", "versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }

  private void puts(String... keys) throws IOException {
    for (String key : keys) {
      assertThat(client.put(key, "x").status()).as(PercentEncoding.encode(key, true)).isEqualTo(200);
    }
  }

  private Response list(String query) throws IOException {
    return client.bucket("GET", "logs", query, null);
  }
}
