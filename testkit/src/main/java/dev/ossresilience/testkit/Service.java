package dev.ossresilience.testkit;

/** The server behind all faults: authentication, then the operation, then a response as OSS writes it. Thread-safe. */
final class Service {
  private final Authenticator authenticator;
  private final Operations operations;
  private final Responder responder;

  Service(Authenticator authenticator, Operations operations, Responder responder) {
    this.authenticator = authenticator;
    this.operations = operations;
    this.responder = responder;
  }

  Answer handle(OssRequest request) {
    Failure refused = authenticator.check(request);
    return responder.respond(request, refused != null ? refused : operations.handle(request));
  }
}
