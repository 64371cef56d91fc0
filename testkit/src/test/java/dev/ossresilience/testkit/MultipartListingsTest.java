package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ListParts and ListMultipartUploads. */
class MultipartListingsTest extends SimulatorFixture {
  @Test
  void partsAreListedByNumberAndPage() throws IOException {
    String id = initiate("k");
    for (int number : new int[] {5, 10_000, 1}) {
      client.send("PUT", "k", "partNumber=" + number + "&uploadId=" + id, Map.of(), "hello");
    }
    Response all = parts(id, "");
    assertThat(all.body())
        .contains("<ListPartsResult>", "<Bucket>logs</Bucket>", "<Key>k</Key>", "<UploadId>" + id + "</UploadId>")
        .contains("<ETag>\"5D41402ABC4B2A76B9719D911017C592\"</ETag>", "<Size>5</Size>", "<MaxParts>1000</MaxParts>");
    assertThat(all.texts("PartNumber")).containsExactly("1", "5", "10000");
    assertThat(all.texts("IsTruncated")).containsExactly("false");
    Response first = parts(id, "&max-parts=2");
    assertThat(first.texts("PartNumber")).containsExactly("1", "5");
    assertThat(first.texts("IsTruncated")).containsExactly("true");
    assertThat(first.texts("NextPartNumberMarker")).containsExactly("5");
    Response rest = parts(id, "&max-parts=2&part-number-marker=5");
    assertThat(rest.texts("PartNumber")).containsExactly("10000");
    assertThat(rest.texts("PartNumberMarker")).containsExactly("5");
    assertThat(rest.texts("IsTruncated")).containsExactly("false");
  }

  @Test
  void whatIsNotThereIsNotListed() throws IOException {
    assertThat(parts("0123", "").body()).contains("<Code>NoSuchUpload</Code>", "<UploadId>0123</UploadId>");
    String id = initiate("k");
    for (String wrong : new String[] {"&max-parts=0", "&max-parts=1001", "&part-number-marker=x", "&encoding-type=x"}) {
      assertThat(parts(id, wrong).texts("Code")).as(wrong).containsExactly("InvalidArgument");
    }
    assertThat(uploads("&max-uploads=1001").texts("Code")).containsExactly("InvalidArgument");
  }

  @Test
  void uploadsAreListedUntilTheyEnd() throws IOException {
    String a = initiate("a");
    String b = initiate("b/\u00E9");
    Response all = uploads("&encoding-type=url");
    assertThat(all.body()).contains("<ListMultipartUploadsResult>", "<Bucket>logs</Bucket>", "<MaxUploads>1000</MaxUploads>");
    assertThat(all.texts("Key")).containsExactly("a", "b%2F%C3%A9");
    assertThat(all.texts("UploadId")).containsExactly(a, b);
    assertThat(all.texts("Initiated").get(0)).startsWith(time.wallTime().toString().substring(0, 19));
    client.send("DELETE", "a", "uploadId=" + a, Map.of(), null);
    assertThat(uploads("").texts("UploadId")).containsExactly(b);
    assertThat(uploads("&prefix=a").texts("UploadId")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void pagesOfUploadsAddUpToTheWhole(int limit) throws IOException {
    for (String key : new String[] {"a", "b/1", "a", "b/2", "a", "c"}) {
      initiate(key);
    }
    List<String> seen = new ArrayList<>();
    String markers = "";
    Response page;
    do {
      page = uploads("&delimiter=/&max-uploads=" + limit + markers);
      seen.addAll(page.texts("UploadId"));
      seen.addAll(page.texts("Prefix").subList(1, page.texts("Prefix").size()));
      markers = "&key-marker=" + page.texts("NextKeyMarker").get(0) + "&upload-id-marker=" + page.texts("NextUploadIdMarker").get(0);
    } while (page.texts("IsTruncated").contains("true"));
    List<String> whole = uploads("&delimiter=/").texts("UploadId");
    assertThat(whole).hasSize(4);
    assertThat(seen).doesNotHaveDuplicates().hasSize(5).containsAll(whole).contains("b/");
  }

  @Test
  void aKeyMarkerAloneSkipsTheKey() throws IOException {
    initiate("a");
    initiate("a");
    initiate("b");
    assertThat(uploads("&key-marker=a").texts("Key")).containsExactly("b");
    String first = uploads("").texts("UploadId").get(0);
    assertThat(uploads("&key-marker=a&upload-id-marker=" + first).texts("Key")).containsExactly("a", "b");
    assertThat(uploads("&upload-id-marker=" + first).texts("Key")).as("it counts only with a key").containsExactly("a", "a", "b");
  }

  private String initiate(String key) throws IOException {
    return client.send("POST", key, "uploads", Map.of(), null).texts("UploadId").get(0);
  }

  private Response parts(String id, String more) throws IOException {
    return client.send("GET", "k", "uploadId=" + id + more, Map.of(), null);
  }

  private Response uploads(String more) throws IOException {
    return client.bucket("GET", "logs", "uploads" + more, null);
  }
}
