package dev.ossresilience.testkit.sdk;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import java.net.URI;

/** Every official SDK for Java, with every signature and every way to name a bucket. */
enum Setup {
  JAVA_V1_SIGNATURE_V1_PATH(1, false, true),
  JAVA_V1_SIGNATURE_V1_HOST(1, false, false),
  JAVA_V1_SIGNATURE_V4_PATH(1, true, true),
  JAVA_V1_SIGNATURE_V4_HOST(1, true, false),
  JAVA_V2_SIGNATURE_V1_PATH(2, false, true),
  JAVA_V2_SIGNATURE_V1_HOST(2, false, false),
  JAVA_V2_SIGNATURE_V4_PATH(2, true, true),
  JAVA_V2_SIGNATURE_V4_HOST(2, true, false);

  /** What to call the simulator, which listens on {@code port} of 127.0.0.1 in any case. */
  record Way(String host, int port, boolean pathStyle) {}

  final int sdk;
  final boolean v4;

  /** Otherwise buckets are in the host: Java v1 takes the simulator for its proxy, Java v2 resolves the name to it. */
  final boolean pathStyle;

  Setup(int sdk, boolean v4, boolean pathStyle) {
    this.sdk = sdk;
    this.v4 = v4;
    this.pathStyle = pathStyle;
  }

  Peer connect(OssSimulator oss, Credentials credentials) {
    int port = URI.create(oss.endpoint()).getPort();
    Way way = new Way(pathStyle ? "127.0.0.1" : "oss-cn-hangzhou.aliyuncs.com", port, pathStyle);
    return sdk == 1 ? new JavaV1(way, v4, credentials) : new JavaV2(way, v4, credentials);
  }
}
