package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.request.Conditions;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.HttpDates;
import org.jspecify.annotations.Nullable;

/** Answers requests whose conditions don't hold. */
final class Preconditions {
  private Preconditions() {}

  /** 304 or 412; null if the request may go on. */
  static @Nullable Outcome unmet(OssRequest request, String prefix, StoredObject object) {
    Conditions.Judgement judgement = Conditions.of(request, prefix).judge(object.etag(), object.lastModified());
    return switch (judgement.kind()) {
      case MET -> null;
      case NOT_MODIFIED -> Answer.of(304).with("ETag", object.etag()).with("Last-Modified", HttpDates.format(object.lastModified()));
      case FAILED -> Failure.of("PreconditionFailed").element("Condition", judgement.condition());
    };
  }
}
