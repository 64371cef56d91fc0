package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setup.class)
class ListingOperationsTest extends SdkFixture {
  /** In the order of a listing; the control character can't be written in XML, so names must be encoded. */
  private static final List<String> KEYS = List.of("a\u0001b", "dir 1/x+y", "dir 1/z", "dir&2/x", "k%20", "é", "中");

  private ListingPeer listings() {
    return peer().listings();
  }

  @Test
  void aBucketIsListedInPages() {
    KEYS.forEach(key -> peer().put("logs", key, bytes("x")));
    ListingPeer.Listing all = new ListingPeer.Listing(KEYS, List.of(), 4);
    assertThat(listings().list("logs", "", "", 2)).isEqualTo(all);
    assertThat(listings().listV2("logs", "", "", 2)).isEqualTo(all);
  }

  @Test
  void keysAreRolledUpAtADelimiter() {
    KEYS.forEach(key -> peer().put("logs", key, bytes("x")));
    List<String> names = List.of("a\u0001b", "k%20", "é", "中");
    ListingPeer.Listing top = new ListingPeer.Listing(names, List.of("dir 1/", "dir&2/"), 3);
    assertThat(listings().list("logs", "", "/", 2)).isEqualTo(top);
    assertThat(listings().listV2("logs", "", "/", 2)).isEqualTo(top);
    ListingPeer.Listing one = new ListingPeer.Listing(List.of("dir 1/x+y", "dir 1/z"), List.of(), 1);
    assertThat(listings().list("logs", "dir 1/", "/", 2)).isEqualTo(one);
    assertThat(listings().listV2("logs", "dir 1/", "/", 2)).isEqualTo(one);
  }

  @Test
  void anEmptyBucketHasAnEmptyListing() {
    assertThat(listings().list("logs", "", "", 2).keys()).isEmpty();
    assertThat(listings().listV2("logs", "", "", 2).keys()).isEmpty();
    assertThat(listings().versions("logs", 2)).isEmpty();
  }

  @Test
  void oldVersionsStay() {
    peer().put("logs", KEY, bytes("zero"));
    peer().buckets().versioning("logs", "Enabled");
    peer().put("logs", KEY, bytes("one"));
    peer().delete("logs", KEY);
    assertError(() -> peer().get("logs", KEY), 404, "NoSuchKey", "0026-00000001");
    List<ListingPeer.Entry> versions = listings().versions("logs", 1);
    assertThat(versions).extracting(ListingPeer.Entry::key).containsOnly(KEY);
    assertThat(versions).extracting(ListingPeer.Entry::latest).containsExactly(true, false, false);
    assertThat(versions).extracting(ListingPeer.Entry::deleteMarker).containsExactly(true, false, false);
    assertThat(listings().get("logs", KEY, versions.get(1).versionId())).isEqualTo(bytes("one"));
    assertThat(listings().get("logs", KEY, "null")).isEqualTo(bytes("zero"));
    assertError(() -> listings().get("logs", KEY, versions.get(0).versionId()), 405, "MethodNotAllowed", "0003-00000016");
    assertError(() -> listings().get("logs", KEY, "other"), 404, "NoSuchVersion", null);
  }

  @Test
  void withoutItsDeleteMarkerAnObjectIsBack() {
    peer().buckets().versioning("logs", "Enabled");
    peer().put("logs", KEY, bytes("one"));
    peer().delete("logs", KEY);
    listings().versions("logs", 100).stream()
        .filter(ListingPeer.Entry::deleteMarker)
        .forEach(marker -> listings().delete("logs", KEY, marker.versionId()));
    assertThat(peer().get("logs", KEY)).isEqualTo(bytes("one"));
    listings().delete("logs", KEY, listings().versions("logs", 100).get(0).versionId());
    assertThat(listings().versions("logs", 100)).isEmpty();
  }
}
