package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.request.FlatJson;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.StoredObject;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application's server that OSS shall call when an object is stored, and what it shall be told. Every operation that lists
 * {@link #HEADERS} has its callback called once it has answered 200.
 */
final class Callback {
  /** The headers that ask for a callback. */
  static final String[] HEADERS = {"x-oss-callback", "x-oss-callback-var"};

  /** OSS tries so many URLs one after the other. */
  private static final int MAX_URLS = 5;

  private static final String FORM = "application/x-www-form-urlencoded";

  private final String urls;
  private final CallbackBody body;
  private final Map<String, String> variables;

  private Callback(String urls, CallbackBody body, Map<String, String> variables) {
    this.urls = urls;
    this.body = body;
    this.variables = variables;
  }

  /** A callback, or the error in the headers that ask for one; neither if none do. */
  record Reading(@Nullable Callback callback, @Nullable Failure failure) {}

  static Reading read(OssRequest request) {
    String header = request.header(HEADERS[0]);
    if (header == null) {
      return new Reading(null, null);
    }
    Map<String, String> callback = decode(header);
    if (callback == null || callback.getOrDefault("callbackUrl", "").isEmpty() || callback.getOrDefault("callbackBody", "").isEmpty()) {
      return new Reading(null, malformed("callback"));
    }
    String type = callback.getOrDefault("callbackBodyType", FORM);
    if (!type.equals(FORM) && !type.equals("application/json")) {
      return new Reading(null, malformed("callbackBodyType"));
    }
    String own = request.header(HEADERS[1]);
    Map<String, String> variables = own == null ? Collections.emptyMap() : decode(own);
    if (variables == null || !variables.keySet().stream().allMatch(name -> name.startsWith("x:"))) {
      return new Reading(null, malformed("callback-var"));
    }
    CallbackBody body = new CallbackBody(callback.getOrDefault("callbackBody", ""), type);
    return new Reading(new Callback(callback.getOrDefault("callbackUrl", ""), body, variables), null);
  }

  /** The application's answer in place of OSS's own, or 203: the object stays stored whatever the application says. */
  Outcome call(OssRequest request, Answer stored, @Nullable StoredObject object) {
    Map<String, String> values = new HashMap<>(variables);
    values.put("bucket", request.bucketName());
    values.put("object", request.keyName());
    values.put("etag", stored.headers().getOrDefault("ETag", "").replace("\"", ""));
    values.put("crc64", stored.headers().getOrDefault("x-oss-hash-crc64ecma", ""));
    values.put("contentMd5", stored.headers().getOrDefault("Content-MD5", ""));
    values.put("size", object == null ? "" : Integer.toString(object.length()));
    values.put("mimeType", object == null ? "" : object.metadata().getOrDefault("Content-Type", ""));
    CallbackCall.Reply reply = new CallbackCall.Reply(null, "Error status : -1.OSS can not connect to your callbackUrl, please check it.");
    String[] each = urls.split(";", MAX_URLS + 1);
    for (int i = 0; i < Math.min(each.length, MAX_URLS) && reply.json() == null; i++) {
      reply = CallbackCall.post(each[i].strip(), body.type(), body.filled(values));
    }
    if (reply.json() != null) {
      return stored.with("Content-Type", "application/json").withBody(reply.json());
    }
    Failure failure = Failure.of("CallbackFailed");
    for (Map.Entry<String, String> header : stored.headers().entrySet()) {
      failure = failure.header(header.getKey(), header.getValue());
    }
    return failure.message(reply.problem(), failure.ec());
  }

  private static @Nullable Map<String, String> decode(String header) {
    try {
      return FlatJson.parse(Base64.getDecoder().decode(header.strip()));
    } catch (IllegalArgumentException e) {
      return null; // not Base64
    }
  }

  private static Failure malformed(String what) {
    return Failure.of("InvalidArgument").message("The " + what + " configuration is not valid.", "").element("ArgumentName", what);
  }
}
