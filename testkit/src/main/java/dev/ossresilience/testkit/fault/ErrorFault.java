package dev.ossresilience.testkit.fault;

/**
 * An error instead of the answer.
 *
 * @param code empty where the form has none
 * @param detail what the form says besides, empty for most
 */
public record ErrorFault(Form form, int status, String code, boolean applied, String detail) implements Fault {
  /** How it is written. */
  public enum Form {
    /** As OSS writes its errors. */
    DOCUMENT("Error"),
    /** The page of a gateway, without a request id. */
    GATEWAY_PAGE("GatewayError"),
    /** The same, of 200,000 bytes. */
    LONG_GATEWAY_PAGE("LongGatewayError"),
    /** Not an error but a page that has nothing to do with OSS. */
    PORTAL_PAGE("PortalPage"),
    /** Status and request id, nothing else. */
    BARE("BareError"),
    /** As OSS writes it, and with a header Retry-After, which is the detail. */
    RETRY_AFTER("RetryAfter"),
    /** OSS's hint at the right endpoint, which is the detail. */
    WRONG_ENDPOINT("WrongEndpoint");

    private final String label;

    Form(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return switch (form) {
      case DOCUMENT -> (applied ? "applyThen" : "") + "Error" + status + code;
      case GATEWAY_PAGE -> (applied ? "applyThen" : "") + "Gateway" + status;
      case LONG_GATEWAY_PAGE -> "longGatewayError" + status;
      case PORTAL_PAGE -> "portalPage";
      case BARE -> "bareError" + status;
      case RETRY_AFTER -> "retryAfter" + status + code;
      case WRONG_ENDPOINT -> "wrongEndpoint";
    };
  }

  @Override
  public String toString() {
    String words =
        switch (form) {
          case DOCUMENT -> " " + status + " " + code;
          case GATEWAY_PAGE, LONG_GATEWAY_PAGE, BARE -> " " + status;
          case PORTAL_PAGE -> "";
          case RETRY_AFTER -> " " + status + " " + code + " " + detail;
          case WRONG_ENDPOINT -> " " + detail;
        };
    return (applied ? "applyThen" + form.label : Character.toLowerCase(form.label.charAt(0)) + form.label.substring(1)) + words;
  }
}
