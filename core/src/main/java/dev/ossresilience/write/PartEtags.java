package dev.ossresilience.write;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.xml.HardenedXml;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object is the one that was to be completed if its ETag is the MD5 of the parts' MD5s and their number, as OSS makes it, and the
 * upload no longer exists. Where nobody said so it must be new: the same parts may have been put together before, of another upload.
 */
final class PartEtags implements Evidence {
  /** 10,000 parts, the most there can be, take less than half of it, in bytes. */
  private static final int MAX_BODY = 2 * 1024 * 1024;

  private static final Pattern MD5 = Pattern.compile("\"?([0-9a-fA-F]{32})\"?");

  private final RequestHead request;
  private final Target target;
  private final Query query;
  private @Nullable String etag;

  PartEtags(RequestHead request, Target target, Query query) {
    this.request = request;
    this.target = target;
    this.query = query;
  }

  @Override
  public @Nullable Judgement atOnce() {
    if (request.header("x-oss-callback") != null || query.has("callback")) {
      return Judgement.unknowable("what the callback answered is lost");
    }
    boolean listed = request.header("x-oss-complete-all") == null && request.contentLength() != 0;
    return listed ? null : Judgement.unknowable("the request doesn't list the parts");
  }

  @Override
  public int bodyBytes() {
    return MAX_BODY;
  }

  @Override
  public @Nullable Judgement onBody(Sent body) {
    List<String> etags = body.length() == body.start().length ? HardenedXml.texts(body.start(), "ETag") : null;
    List<String> numbers = etags == null ? null : HardenedXml.texts(body.start(), "PartNumber");
    if (etags == null || numbers == null || etags.isEmpty() || numbers.size() != etags.size()) {
      return Judgement.unknowable("the request doesn't list the parts in a way that can be read");
    }
    MessageDigest md5 = md5();
    for (String part : etags) {
      var matcher = MD5.matcher(part);
      if (!matcher.matches()) {
        return Judgement.unknowable("the ETag of a part is no MD5");
      }
      md5.update(HexFormat.of().parseHex(matcher.group(1)));
    }
    etag = HexFormat.of().formatHex(md5.digest()).toUpperCase(Locale.ROOT) + "-" + etags.size();
    return null;
  }

  @Override
  public Judgement onAnswer(ResponseHead answer, byte[] body, Call call) {
    String actual = String.valueOf(answer.header("ETag"));
    if (!actual.replace("\"", "").equalsIgnoreCase(etag)) {
      return Judgement.unknowable("the object is not made of these parts: perhaps they never were put together, perhaps it was overwritten");
    }
    if (!call.refused() && Age.of(call.sinceBegin(), answer, Age.httpDate(answer.header("Last-Modified"))) != Age.NEW) {
      return Judgement.unknowable("an object of the same parts may have been there before the call");
    }
    return Judgement.done(200, answer).withXml(result(actual));
  }

  /** As OSS answers to a completion. */
  private String result(String quoted) {
    String encoding = query.first("encoding-type");
    String key = String.valueOf(target.key());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompleteMultipartUploadResult>"
        + (encoding == null ? "" : element("EncodingType", encoding))
        + element("Location", request.scheme() + "://" + request.host() + request.rawPath())
        + element("Bucket", String.valueOf(target.bucket()))
        + element("Key", "url".equals(encoding) ? PercentEncoding.encode(key, true) : key)
        + element("ETag", quoted)
        + "</CompleteMultipartUploadResult>\n";
  }

  static String element(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
