package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.store.Versioning;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectAclAndTagsTest extends SimulatorFixture {
  @Test
  void theAclIsKeptAndGivenBack() throws IOException {
    client.put("k", "x");
    assertThat(send("GET", "acl", null).body()).contains("<AccessControlPolicy>", "<Grant>default</Grant>");
    assertThat(client.send("PUT", "k", "acl", Map.of("x-oss-object-acl", "public-read"), null).status()).isEqualTo(200);
    assertThat(send("GET", "acl", null).body()).contains("<Grant>public-read</Grant>");
    client.send("PUT", "k", "", Map.of("x-oss-object-acl", "private"), "x");
    assertThat(send("GET", "acl", null).body()).contains("<Grant>private</Grant>");
    assertThat(client.send("PUT", "k", "acl", Map.of("x-oss-object-acl", "mine"), null).body()).contains("<Code>InvalidArgument</Code>");
    assertThat(send("PUT", "acl", null).body()).contains("<Code>MissingArgument</Code>");
    client.delete("k");
    assertThat(send("GET", "acl", null).body()).contains("<Code>NoSuchKey</Code>");
  }

  @Test
  void tagsOfAPutAreKept() throws IOException {
    client.send("PUT", "k", "", Map.of("x-oss-tagging", "b=2&a%20b=1%2B1"), "x");
    assertThat(client.head("k").header("x-oss-tagging-count")).isEqualTo("2");
    assertThat(send("GET", "tagging", null).body().replaceAll("\\s+<", "<"))
        .contains("<TagSet><Tag><Key>a b</Key><Value>1+1</Value></Tag><Tag><Key>b</Key><Value>2</Value></Tag></TagSet>");
  }

  @Test
  void tagsCanBeReplacedAndDeletedAtEachVersion() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String old = client.send("PUT", "k", "", Map.of("x-oss-tagging", "a=1"), "x").header("x-oss-version-id");
    client.put("k", "y");
    Response put = send("PUT", "tagging", "<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("x-oss-version-id")).isNotEmpty().isNotEqualTo(old);
    assertThat(send("GET", "tagging", null).body()).contains("<Key>c</Key>");
    assertThat(send("GET", "tagging&versionId=" + old, null).body()).contains("<Key>a</Key>");
    assertThat(send("DELETE", "tagging&versionId=" + old, null).status()).isEqualTo(204);
    assertThat(send("GET", "tagging&versionId=" + old, null).body()).doesNotContain("<Tag>");
    assertThat(send("GET", "tagging", null).body()).contains("<Key>c</Key>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&a=2", "=1", "a%3F=1", "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1"})
  void tagsBeyondTheLimitsAreRefused(String tagging) throws IOException {
    Response response = client.send("PUT", "k", "", Map.of("x-oss-tagging", tagging), "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidTag</Code>");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<Tagging/>", "<Other><TagSet/></Other>", "<Tagging><TagSet></Tagging>"})
  void tagsThatAreNotTheXmlOfOssAreRefused(String xml) throws IOException {
    client.put("k", "x");
    assertThat(send("PUT", "tagging", xml).body()).contains("<Code>MalformedXML</Code>");
  }

  private Response send(String method, String query, String body) throws IOException {
    return client.send(method, "k", query, Map.of(), body);
  }
}
