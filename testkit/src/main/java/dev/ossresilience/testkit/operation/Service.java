package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.auth.Access;
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
    return responder.respond(request, outcome(request));
  }

  private Outcome outcome(OssRequest request) {
    return switch (request.flaw()) {
      case SECOND_LEVEL_DOMAIN -> Failure.of("SecondLevelDomainForbidden");
      case BAD_ENCODING -> Failure.of("InvalidURI");
      case NONE -> ifAllowed(request, authenticator.check(request));
    };
  }

  private Outcome ifAllowed(OssRequest request, Access access) {
    if (access instanceof Access.Refused refused) {
      return refused.failure();
    }
    return access instanceof Access.Anonymous ? Failure.of("AccessDenied") : operations.handle(request);
  }
}
