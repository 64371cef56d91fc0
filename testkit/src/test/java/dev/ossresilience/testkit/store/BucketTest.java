package dev.ossresilience.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Bucket bucket = new Bucket("b", NOW);

  @Test
  void withoutVersioningOnlyTheLastObjectIsKept() {
    bucket.put("k", object("1"));
    StoredObject second = object("2");
    bucket.put("k", second);
    assertThat(bucket.versions().get("k")).extracting(Version::versionId).containsExactly("null");
    assertThat(bucket.objects()).containsEntry("k", second);
    assertThat(bucket.delete("k", NOW)).isNull();
    assertThat(bucket.versions()).isEmpty();
    assertThat(bucket.objects()).isEmpty();
  }

  @Test
  void theHistoryIsListedNewestFirst() {
    Version unversioned = bucket.put("k", object("0"));
    bucket.versioning(Versioning.ENABLED);
    Version first = bucket.put("k", object("1"));
    Version second = bucket.put("k", object("2"));
    Version marker = bucket.delete("k", NOW);
    assertThat(bucket.versions().get("k")).containsExactly(marker, second, first, unversioned);
    assertThat(bucket.versions().get("k")).extracting(Version::isLatest).containsExactly(true, false, false, false);
    assertThat(bucket.versions().get("k")).extracting(Version::isDeleteMarker).containsExactly(true, false, false, false);
    assertThat(bucket.versions().get("k")).extracting(Version::versionId).doesNotHaveDuplicates().endsWith("null");
    assertThat(bucket.objects()).isEmpty();
  }

  @Test
  void deletingAMarkerBringsTheObjectBack() {
    bucket.versioning(Versioning.ENABLED);
    Version first = bucket.put("k", object("1"));
    Version marker = bucket.delete("k", NOW);
    assertThat(marker).isNotNull();
    assertThat(bucket.deleteVersion("k", marker.versionId())).isSameAs(marker);
    assertThat(bucket.objects()).containsEntry("k", first.object());
    assertThat(first.isLatest()).isTrue();
    assertThat(bucket.deleteVersion("k", "none")).isNull();
  }

  @Test
  void suspendedVersionsReplaceEachOtherAndNothingElse() {
    bucket.versioning(Versioning.ENABLED);
    Version kept = bucket.put("k", object("1"));
    bucket.versioning(Versioning.SUSPENDED);
    bucket.put("k", object("2"));
    Version third = bucket.put("k", object("3"));
    assertThat(bucket.versions().get("k")).containsExactly(third, kept);
    Version marker = bucket.delete("k", NOW);
    assertThat(bucket.versions().get("k")).containsExactly(marker, kept);
    assertThat(bucket.latest("k")).isSameAs(marker).extracting(Version::versionId).isEqualTo("null");
  }

  private static StoredObject object(String content) {
    return StoredObject.normal(ByteString.encodeUtf8(content), Collections.emptySortedMap(), NOW);
  }
}
