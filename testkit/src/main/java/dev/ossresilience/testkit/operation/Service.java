package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.auth.Authenticator;
import dev.ossresilience.testkit.request.OssRequest;

/** The server behind all faults: authentication, then the operation, then a response as OSS writes it. Thread-safe. */
public final class Service {
  private final Authenticator authenticator;
  private final Operations operations;
  private final Responder responder;

  public Service(Authenticator authenticator, Operations operations, Responder responder) {
    this.authenticator = authenticator;
    this.operations = operations;
    this.responder = responder;
  }

  public Answer handle(OssRequest request) {
    Failure refused = authenticator.check(request);
    return responder.respond(request, refused != null ? refused : operations.handle(request));
  }
}
