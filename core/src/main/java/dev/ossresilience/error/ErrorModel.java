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
    return new Diagnosis(own != null ? own : error.verdict(), error.effect());
  }

  /** Loads what the first error would otherwise wait for. */
  public void warmUp() {
    parser.warmUp();
  }
}
