package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SymlinkTest extends SimulatorFixture {
  @Test
  void readingALinkReadsItsTarget() throws IOException {
    client.put("a b.txt", "hello");
    Response put = client.send("PUT", "link", "symlink", Map.of("x-oss-symlink-target", "a%20b.txt", "x-oss-meta-who", "link"), null);
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.headers()).containsKey("ETag");

    Response get = client.get("link");
    assertThat(get.body()).isEqualTo("hello");
    assertThat(get.headers())
        .containsEntry("x-oss-object-type", "Symlink")
        .containsEntry("x-oss-meta-who", "link")
        .containsEntry("ETag", "\"5D41402ABC4B2A76B9719D911017C592\"");
    assertThat(client.head("link").header("content-length")).isEqualTo("5");
    assertThat(client.send("GET", "link", "", Map.of("range", "bytes=1-2"), null).body()).isEqualTo("el");
  }

  @Test
  void theTargetOfALinkIsGivenBackEncoded() throws IOException {
    link("link", "dir%2Fa%20b.txt");
    Response got = client.send("GET", "link", "symlink", Map.of(), null);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("x-oss-symlink-target")).isEqualTo("dir/a%20b.txt");
    client.put("k", "x");
    assertThat(client.send("GET", "k", "symlink", Map.of(), null).body()).contains("<Code>NotSymlink</Code>");
    assertThat(client.send("GET", "none", "symlink", Map.of(), null).body()).contains("<Code>NoSuchKey</Code>");
  }

  @Test
  void aLinkToNothingOrToALinkCantBeRead() throws IOException {
    link("link", "none");
    assertThat(client.get("link").status()).isEqualTo(404);
    assertThat(client.get("link").body()).contains("<Code>SymlinkTargetNotExist</Code>");
    assertThat(client.head("link").errorInHeader()).contains("<Code>SymlinkTargetNotExist</Code>");
    link("second", "link");
    assertThat(client.get("second").status()).isEqualTo(400);
    assertThat(client.get("second").body()).contains("<Code>InvalidTargetType</Code>");
  }

  @Test
  void aLinkMustHaveATarget() throws IOException {
    assertThat(client.send("PUT", "link", "symlink", Map.of(), null).body()).contains("<Code>MissingArgument</Code>");
  }

  private void link(String key, String target) throws IOException {
    assertThat(client.send("PUT", key, "symlink", Map.of("x-oss-symlink-target", target), null).status()).isEqualTo(200);
  }
}
