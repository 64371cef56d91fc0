package dev.ossresilience.testkit.wire;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.fault.AlteredAnswerFault;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.time.HttpDates;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alters answers as {@link AlteredAnswerFault} says. */
final class Alterations {
  /** The detailed code of RequestTimeTooSkewed. */
  private static final String SKEW_EC = "0002-00000504";

  private static final String CRC = "x-oss-hash-crc64ecma";

  /** Headers that an answer gets anew. */
  private static final Set<String> PER_ANSWER = Set.of("Content-Length", "Content-Type");

  private final Responder responder;

  Alterations(Responder responder) {
    this.responder = responder;
  }

  /** The altered answer, null if there is nothing to alter in this one. */
  @Nullable Answer alter(OssRequest request, Answer answer, AlteredAnswerFault fault) {
    boolean success = answer.status() / 100 == 2;
    return switch (fault.kind()) {
      case LYING_DATE -> answer.with("Date", HttpDates.format(Instant.parse(fault.value())));
      case SLOWED -> success ? answer.with("x-oss-qos-delay-time", fault.value()) : null;
      case WRONG_CRC -> wrongCrc(answer);
      case CALLBACK_FAILED -> success && isWrite(request) ? callbackFailed(request, answer) : null;
      case INVALID_SIGNING_DATE -> SKEW_EC.equals(answer.headers().get("x-oss-ec")) ? invalidSigningDate(request) : null;
    };
  }

  private static @Nullable Answer wrongCrc(Answer answer) {
    Long crc = Crc64.parse(answer.headers().get(CRC));
    return crc == null ? null : answer.with(CRC, Crc64.format(crc ^ 1));
  }

  private static boolean isWrite(OssRequest request) {
    return request.method().equals("PUT") || request.method().equals("POST");
  }

  private Answer callbackFailed(OssRequest request, Answer success) {
    Failure failure = Failure.of("CallbackFailed").status(203).message("Error status : 301.", "0007-00000203");
    for (Map.Entry<String, String> header : success.headers().entrySet()) {
      failure = PER_ANSWER.contains(header.getKey()) ? failure : failure.header(header.getKey(), header.getValue());
    }
    return responder.respond(request, failure);
  }

  private Answer invalidSigningDate(OssRequest request) {
    Failure failure = Failure.of("InvalidArgument").message("Invalid signing date in Authorization header.", "0002-00000212");
    return responder.respond(request, failure);
  }
}
