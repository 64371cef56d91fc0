package dev.ossresilience.examples.ship;

/** Ends the program with a status and one clear line. */
final class ShipException extends Exception {
  private static final long serialVersionUID = 1L;

  /** 1 if something went wrong on the way, 2 if what was asked for can't be done. */
  private final int status;

  private ShipException(int status, String message) {
    super(message);
    this.status = status;
  }

  static ShipException badUsage(String message) {
    return new ShipException(2, message);
  }

  static ShipException failed(String message) {
    return new ShipException(1, message);
  }

  int status() {
    return status;
  }
}
