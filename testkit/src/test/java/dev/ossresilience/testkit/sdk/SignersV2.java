package dev.ossresilience.testkit.sdk;

import com.aliyun.oss.internal.SignParameters;
import com.aliyun.sdk.service.oss2.credentials.Credentials;
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import dev.ossresilience.http.Query;
import java.util.Map;
import java.util.TreeMap;

/** The signers of {@code com.aliyun:alibabacloud-oss-v2}, fed as its client feeds them. */
final class SignersV2 {
  private SignersV2() {}

  /** All headers of the signed request. */
  static Map<String, String> sign(Signer signer, RandomRequest request) {
    SigningContext context = context(request);
    signer.sign(context);
    return context.getRequest().headers();
  }

  /** All parameters of the presigned URL, decoded. */
  static Map<String, String> presign(Signer signer, RandomRequest request) {
    SigningContext context = context(request);
    context.setAuthMethodQuery(true);
    context.setExpiration(request.time().plus(request.validity()));
    signer.sign(context);
    return map(Query.parse(context.getRequest().uri().getRawQuery()));
  }

  /** A query as a map; of a parameter that is there twice the last. */
  static Map<String, String> map(Query query) {
    Map<String, String> map = new TreeMap<>();
    query.parameters().forEach(each -> map.put(each.name(), each.value()));
    return map;
  }

  private static SigningContext context(RandomRequest request) {
    // The SDK signs values of headers as they are, but HTTP has no blanks around a value: OSS sees them trimmed.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(header -> headers.put(header.name(), header.value().trim()));
    String query = new Query(request.parameters()).encoded();
    SigningContext context = new SigningContext();
    context.setRequest(
        RequestMessage.newBuilder().method(request.method()).uri("https://localhost/" + (query.isEmpty() ? "" : "?" + query)).headers(headers).build());
    context.setBucket(request.bucket());
    context.setKey(request.key());
    context.setRegion(request.region());
    context.setProduct(request.product());
    context.setSignTime(request.time());
    context.setAdditionalHeaders(request.additional());
    // Each operation of the SDK adds to its list of 32 what else it needs to be signed with V1; the other SDK's list stands for all of them.
    context.setSubResource(SignParameters.SIGNED_PARAMTERS);
    dev.ossresilience.signing.Credentials from = request.credentials();
    context.setCredentials(new Credentials(from.accessKeyId(), from.accessKeySecret(), from.securityToken()));
    return context;
  }
}
