package dev.ossresilience.testkit.sdk;

import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.common.auth.Credentials;
import com.aliyun.oss.common.auth.DefaultCredentials;
import com.aliyun.oss.common.comm.RequestMessage;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.internal.signer.OSSSignerBase;
import com.aliyun.oss.internal.signer.OSSSignerParams;
import com.aliyun.oss.model.GenericRequest;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;

/** The signers of {@code com.aliyun.oss:aliyun-sdk-oss}, fed as its client feeds them. They sign for now, whatever the request says. */
final class SignersV1 {
  private SignersV1() {}

  /** All headers of the signed request. */
  static Map<String, String> sign(SignVersion version, RandomRequest request) {
    RequestMessage message = message(request);
    OSSSignerBase.createRequestSigner(version, params(request)).sign(message);
    return message.getHeaders();
  }

  /** All parameters of the presigned URL, decoded. */
  static Map<String, String> presign(SignVersion version, RandomRequest request) {
    RequestMessage message = message(request);
    OSSSignerParams params = params(request);
    params.setExpiration(Date.from(Instant.now().plus(request.validity())));
    OSSSignerBase.createRequestPresigner(version, params).presign(message);
    return message.getParameters();
  }

  private static RequestMessage message(RandomRequest request) {
    GenericRequest original = new GenericRequest();
    original.setAdditionalHeaderNames(new HashSet<>(request.additional()));
    RequestMessage message = new RequestMessage(original, request.bucket(), request.key());
    message.setMethod(HttpMethod.valueOf(request.method()));
    request.headers().forEach(header -> message.addHeader(header.name(), header.value()));
    // Null is how the SDK says that there is no value; of an empty one its V1 signs "name=", unlike everybody else.
    request.parameters().forEach(each -> message.addParameter(each.name(), each.value().isEmpty() ? null : each.value()));
    return message;
  }

  private static OSSSignerParams params(RandomRequest request) {
    String bucket = request.bucket() == null ? "" : request.bucket() + "/";
    dev.ossresilience.signing.Credentials from = request.credentials();
    Credentials credentials = new DefaultCredentials(from.accessKeyId(), from.accessKeySecret(), from.securityToken());
    OSSSignerParams params = new OSSSignerParams("/" + bucket + (request.key() == null ? "" : request.key()), credentials);
    params.setRegion(request.region());
    params.setProduct(request.product());
    params.setAdditionalHeaderNames(new HashSet<>(request.additional()));
    return params;
  }
}
