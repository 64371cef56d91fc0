package dev.ossresilience.error;

import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions 1 and 2 for a response: by the catalogue, and by the user's classifier if there is one. Thread-safe. */
public final class ErrorModel {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorModel.class);

  private final ErrorParser parser;
  private final @Nullable ErrorClassifier classifier;

  /** A model of errors by {@code catalogue}, with {@code classifier} asked first unless it is null. */
  public ErrorModel(ErrorCatalogue catalogue, @Nullable ErrorClassifier classifier) {
    this.parser = new ErrorParser(catalogue);
    this.classifier = classifier;
  }

  /** Reads a response, as {@link ErrorParser#parse} does. */
  public OssError parse(ResponseHead response, byte[] body) {
    return parser.parse(response, body);
  }

  /** Verdict and effect. A classifier changes the verdict only: it can't make a doubtful effect certain. */
  public Diagnosis diagnose(OssError error) {
    Verdict own = null;
    if (classifier != null) {
      try {
        own = classifier.classify(error);
      } catch (RuntimeException e) {
        LOG.warn("an ErrorClassifier threw {}; the catalogue decides", e.getClass().getName());
      }
    }
    Effect effect = effect(error);
    return new Diagnosis(own != null && isSayable(own, effect) ? own : error.verdict(), effect);
  }

  /**
   * A code that means "refused before it was executed" is believed only from OSS itself, with the status OSS sends it with: a gateway's
   * words, or an error behind a success's status, prove nothing of the kind. A 4xx is a refusal whoever says it.
   */
  private static Effect effect(OssError error) {
    boolean refusal = error.status() / 100 == 3 || error.status() / 100 == 4;
    boolean fromOss = error.requestId() != null && error.known().statuses().contains(error.status());
    boolean proven = refusal || (fromOss && error.status() >= 500);
    return error.effect() == Effect.NOT_APPLIED && !proven ? Effect.UNKNOWN : error.effect();
  }

  /** Some verdicts claim something about the effect as well, which only the catalogue may do. */
  private static boolean isSayable(Verdict own, Effect effect) {
    return switch (own) {
      case CALLBACK_FAILED -> effect == Effect.APPLIED;
      case APPEND_CONFLICT, CLOCK_SKEWED -> effect == Effect.NOT_APPLIED;
      case TRANSIENT, THROTTLED, CREDENTIALS_REJECTED, INTEGRITY, PERHAPS_DONE, FATAL -> true;
    };
  }

  /** Loads what the first error would otherwise wait for. */
  public void warmUp() {
    parser.warmUp();
  }
}
