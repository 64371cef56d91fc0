package dev.ossresilience.testkit.auth;

import dev.ossresilience.testkit.answer.Failure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The error that tells a signer what the server has signed. */
final class Mismatch {
  private Mismatch() {}

  static Failure of(String accessKeyId, String provided, String stringToSign) {
    byte[] bytes = stringToSign.getBytes(StandardCharsets.UTF_8);
    return Failure.of("SignatureDoesNotMatch")
        .element("OSSAccessKeyId", accessKeyId)
        .element("SignatureProvided", provided)
        .element("StringToSign", stringToSign)
        .element("StringToSignBytes", HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes));
  }
}
