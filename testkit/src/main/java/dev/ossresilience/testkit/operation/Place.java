package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Xml;

/**
 * Where the simulator says it is and whose the buckets are.
 *
 * @param region as in a signature, for example cn-hangzhou
 */
record Place(String region) {
  /** An account's number; there is only one account. */
  private static final String OWNER = "1000000000000001";

  /** As in LocationConstraint. */
  String location() {
    return "oss-" + region;
  }

  String extranetEndpoint() {
    return location() + ".aliyuncs.com";
  }

  String intranetEndpoint() {
    return location() + "-internal.aliyuncs.com";
  }

  String urlOf(String bucket, String key) {
    return "http://" + bucket + "." + extranetEndpoint() + "/" + PercentEncoding.encode(key, true);
  }

  static void owner(Xml xml, String element) {
    xml.group(element, owner -> owner.text("ID", OWNER).text("DisplayName", OWNER));
  }
}
