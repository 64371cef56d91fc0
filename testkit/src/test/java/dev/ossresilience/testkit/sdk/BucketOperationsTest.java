package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setup.class)
class BucketOperationsTest extends SdkFixture {
  private BucketPeer buckets() {
    return peer().buckets();
  }

  @Test
  void aBucketIsWhatItWasMade() {
    buckets().create("mine", "public-read", "IA");
    assertThat(buckets().exists("mine")).isTrue();
    assertThat(buckets().info("mine")).isEqualTo(new BucketPeer.Info("mine", "oss-cn-hangzhou", "IA", "public-read"));
    assertThat(buckets().location("mine")).isEqualTo("oss-cn-hangzhou");
    assertThat(buckets().acl("mine")).isEqualTo("public-read");
  }

  @Test
  void bucketsAreListedInPages() {
    for (String name : List.of("mine-1", "mine-2", "mine-3")) {
      buckets().create(name, "private", "Standard");
    }
    assertThat(buckets().names("mine", 2)).containsExactly("mine-1", "mine-2", "mine-3");
  }

  @Test
  void aBucketIsDeletedOnceItIsEmpty() {
    peer().put("logs", KEY, bytes("x"));
    assertError(() -> buckets().delete("logs"), 409, "BucketNotEmpty", "0015-00000301");
    peer().delete("logs", KEY);
    buckets().delete("logs");
    assertThat(buckets().exists("logs")).isFalse();
    assertError(() -> buckets().info("logs"), 404, "NoSuchBucket", "0015-00000101");
  }

  @Test
  void aBucketTellsWhatIsInIt() {
    peer().put("logs", "a", bytes("12345"));
    peer().put("logs", "b", bytes("12"));
    peer().uploads().start("logs", "c");
    assertThat(buckets().stat("logs")).isEqualTo(new BucketPeer.Stat(7, 2, 1));
  }

  @Test
  void theAclIsChanged() {
    assertThat(buckets().acl("logs")).isEqualTo("private");
    buckets().acl("logs", "public-read-write");
    assertThat(buckets().acl("logs")).isEqualTo("public-read-write");
  }

  @Test
  void versioningIsEnabledAndSuspended() {
    assertThat(buckets().versioning("logs")).isEmpty();
    buckets().versioning("logs", "Enabled");
    assertThat(buckets().versioning("logs")).isEqualTo("Enabled");
    buckets().versioning("logs", "Suspended");
    assertThat(buckets().versioning("logs")).isEqualTo("Suspended");
  }
}
