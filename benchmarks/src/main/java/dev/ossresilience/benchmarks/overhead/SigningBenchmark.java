package dev.ossresilience.benchmarks.overhead;

import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Signing a PUT with four headers, each with what a signer wants to have made of it first. */
@State(Scope.Benchmark)
public class SigningBenchmark {
  private final Map<String, String> headers =
      Map.of("content-type", "text/plain", "x-oss-meta-a", "one", "x-oss-meta-b", "two", "host", Oss.HOST);
  private final Credentials credentials = Credentials.of(Oss.ACCESS_KEY_ID, Oss.ACCESS_KEY_SECRET);
  private final OssSigner v4 = OssSigner.v4(Oss.REGION, Oss.credentials());
  private final OssSigner v1 = OssSigner.v1(Oss.credentials());
  private final com.aliyun.sdk.service.oss2.credentials.Credentials sdkCredentials =
      new com.aliyun.sdk.service.oss2.credentials.Credentials(Oss.ACCESS_KEY_ID, Oss.ACCESS_KEY_SECRET);
  private final Signer sdkV4 = new SignerV4();
  private final Signer sdkV1 = new SignerV1();

  /** V4, ours. */
  @Benchmark
  public Map<String, String> oursV4() {
    return ours(v4);
  }

  /** V4, SDK v2's. */
  @Benchmark
  public Map<String, String> sdkV4() {
    return sdk(sdkV4);
  }

  /** V1, ours. */
  @Benchmark
  public Map<String, String> oursV1() {
    return ours(v1);
  }

  /** V1, SDK v2's. */
  @Benchmark
  public Map<String, String> sdkV1() {
    return sdk(sdkV1);
  }

  private Map<String, String> ours(OssSigner signer) {
    SigningRequest request = new SigningRequest("PUT", Oss.BUCKET, Oss.KEY, Query.parse(null), new TreeMap<>(headers));
    return signer.sign(request, credentials, Instant.now());
  }

  private Map<String, String> sdk(Signer signer) {
    SigningContext context = new SigningContext();
    context.setProduct("oss");
    context.setRegion(Oss.REGION);
    context.setBucket(Oss.BUCKET);
    context.setKey(Oss.KEY);
    context.setAdditionalHeaders(List.of());
    context.setSubResource(List.of());
    context.setCredentials(sdkCredentials);
    context.setSignTime(Instant.now());
    context.setRequest(RequestMessage.newBuilder().method("PUT").uri(Oss.URL).headers(new HashMap<>(headers)).build());
    signer.sign(context);
    return context.getRequest().headers();
  }
}
