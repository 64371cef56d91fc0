package dev.ossresilience.benchmarks.overhead;

import dev.ossresilience.OssResilience;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.error.OssError;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.http.Query;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.Operations;
import dev.ossresilience.remedy.Remedies;
import dev.ossresilience.remedy.Remedy;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The core alone, with no HTTP client around it. */
@State(Scope.Benchmark)
public class ExchangeBenchmark {
  private static final byte[] NOTHING = new byte[0];

  private final OssResilience oss = Oss.defaults();

  /** So that the budget, which failures alone use up at once, doesn't end what is to be measured. */
  private final OssResilience unlimited =
      OssResilience.builder().endpoint(oss.endpoint()).retryBudget(RetryBudget.unlimited()).withoutCircuitBreaker().pacing(false).build();

  private final Heads.Get get = new Heads.Get();
  private final Heads.Answer success = new Heads.Answer(200);
  private final Heads.Answer busy = new Heads.Answer(503);
  private final ErrorModel errors = new ErrorModel(ErrorCatalogue.standard(), null);
  private final Operation operation =
      Operations.of(get, Objects.requireNonNull(oss.endpoint().targetOf(get)), Query.parse(null));

  /** A call from beginning to end that succeeds at once. */
  @Benchmark
  public Step success() {
    Exchange exchange = Objects.requireNonNull(oss.exchangeFor(get));
    exchange.begin();
    return exchange.responded(success, NOTHING);
  }

  /** Questions 1 to 3 of a refusal: parse, diagnose, find the remedy. */
  @Benchmark
  public Remedy classify() {
    OssError error = errors.parse(busy, ErrorDocuments.BUSY);
    Diagnosis diagnosis = errors.diagnose(error);
    return Remedies.of(diagnosis, operation, error.code(), false);
  }

  /** A call from its beginning to the decision, after a refusal, to wait before another attempt. */
  @Benchmark
  public Step classifyAndDecide() {
    Exchange exchange = Objects.requireNonNull(unlimited.exchangeFor(get));
    exchange.begin();
    return exchange.responded(busy, ErrorDocuments.BUSY);
  }
}
