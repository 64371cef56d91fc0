package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;

/** What can be wrong with requests of several operations. */
final class Wrong {
  private Wrong() {}

  static Failure argument(String name, String value) {
    return Failure.of("InvalidArgument").element("ArgumentName", name).element("ArgumentValue", value);
  }

  static Failure xml(String detail, String ec) {
    Failure malformed = Failure.of("MalformedXML");
    return malformed.message(malformed.message(), ec).element("ErrorDetail", detail);
  }
}
