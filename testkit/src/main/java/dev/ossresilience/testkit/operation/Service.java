package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.auth.Access;
import dev.ossresilience.testkit.auth.Authenticator;
import dev.ossresilience.testkit.limit.Throttle;
import dev.ossresilience.testkit.request.OssRequest;

/** The server behind all faults: authentication, limits, then the operation, then a response as OSS writes it. Thread-safe. */
public final class Service {
  private final Authenticator authenticator;
  private final Throttle throttle;
  private final Operations operations;
  private final Responder responder;

  public Service(Authenticator authenticator, Throttle throttle, Operations operations, Responder responder) {
    this.authenticator = authenticator;
    this.throttle = throttle;
    this.operations = operations;
    this.responder = responder;
  }

  public Answer handle(OssRequest request) {
    Answer answer = responder.respond(request, outcome(request));
    Failure tooMuch = throttle.refuse(request, answer);
    return tooMuch != null ? responder.respond(request, tooMuch) : throttle.slow(request, answer);
  }

  private Outcome outcome(OssRequest request) {
    return switch (request.flaw()) {
      case SECOND_LEVEL_DOMAIN -> Failure.of("SecondLevelDomainForbidden");
      case UNREADABLE -> Failure.of("InvalidArgument");
      case BAD_ENCODING -> Failure.of("InvalidURI");
      case NONE -> ifAllowed(request, authenticator.check(request));
    };
  }

  private Outcome ifAllowed(OssRequest request, Access access) {
    if (access instanceof Access.Refused refused) {
      return refused.failure();
    }
    if (access instanceof Access.Anonymous && !operations.isOpenToAll(request)) {
      return Failure.of("AccessDenied");
    }
    Failure oneTooMany = throttle.refuse(request);
    return oneTooMany != null ? oneTooMany : operations.handle(request);
  }
}
