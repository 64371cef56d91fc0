package dev.ossresilience.testkit.sdk;

import com.aliyun.oss.internal.SignParameters;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.SigningRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody might have to sign, in no SDK's own form.
 *
 * @param headers names in any case, values perhaps with blanks around them
 * @param additional names of headers to sign besides those that always are, some of which the request lacks
 */
record RandomRequest(
    String method, @Nullable String bucket, @Nullable String key, List<Query.Parameter> parameters, List<Header> headers, List<String> additional,
    Credentials credentials, String region, String product, Instant time, Duration validity) {
  record Header(String name, String value) {}

  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS");
  private static final List<String> BUCKETS = List.of("b12", "examplebucket", "with-dash-0", "oss-bucket-test");
  private static final List<String> UNSIGNED_BY_V1 = List.of("prefix", "marker", "list-type", "max-keys", "Append", "x-osscallback", "非", "a b", "+a", "|");
  private static final List<String> UNLISTED = List.of("x-oss-new", "x-oss-", "x-oss-ac-other");
  private static final List<String> META = List.of("x-oss-meta-a", "x-oss-meta-a-b", "x-oss-meta-a_b", "x-oss-meta-ab", "x-oss-meta-1", "x-oss-metaz");
  private static final List<String> OSS =
      List.of("x-oss-object-acl", "x-oss-forbid-overwrite", "x-oss-storage-class", "x-oss-tagging", "x-oss-callback", "x-oss-range-behavior");
  private static final List<String> OTHER = List.of("cache-control", "content-disposition", "range", "abc", "zabc", "if-match", "host", "user-agent");

  /** What a signature can get wrong: reserved, unreserved, space, escapes, slashes, two to four bytes in UTF-8. */
  private static final List<String> ODD =
      List.of(" ", "+", "%", "%2F", "%20", "~", "*", "/", "//", "=", "&", "?", "#", ";", ",", ":", "@", "!", "'", "(", ")", "\"", "<", "\\", "^", "`", "{", "|",
          "-", "_", ".", "ü", "é", "中文", "日志", "€", "😀", "\u00a0", "\t");

  /** Draws one. */
  static RandomRequest draw(Random random) {
    String bucket = random.nextInt(20) == 0 ? null : pick(random, BUCKETS);
    String key = bucket == null || random.nextInt(10) == 0 ? null : text(random, 1, 14);
    String token = random.nextInt(3) == 0 ? "CAIS" + word(random, 1 + random.nextInt(60)) + "+/=" : null;
    Credentials credentials = new Credentials("LTAI" + word(random, 1 + random.nextInt(20)), word(random, 1 + random.nextInt(80)), token);
    List<Header> headers = headers(random);
    Instant time = Instant.ofEpochSecond(1_577_836_800L + random.nextInt(500_000_000)); // 2020 to 2035
    return new RandomRequest(
        pick(random, METHODS), bucket, key, parameters(random), headers, additional(random, headers), credentials,
        pick(random, List.of("cn-hangzhou", "us-west-1", "ap-southeast-5")), pick(random, List.of("oss", "oss", "oss-cloudbox")), time,
        Duration.ofSeconds(100 + random.nextInt(604_700)));
  }

  /** As ours want it. */
  SigningRequest toSign() {
    TreeMap<String, String> map = new TreeMap<>();
    headers.forEach(header -> map.put(header.name(), header.value()));
    return new SigningRequest(method, bucket, key, new Query(parameters), map);
  }

  /** Without parameters that only ours sign with V1. */
  RandomRequest withoutUnlisted() {
    return withParameters(parameters.stream().filter(each -> !UNLISTED.contains(each.name())).toList());
  }

  RandomRequest withoutToken() {
    return with(new Credentials(credentials.accessKeyId(), credentials.accessKeySecret(), null));
  }

  RandomRequest withParameters(List<Query.Parameter> other) {
    return new RandomRequest(method, bucket, key, other, headers, additional, credentials, region, product, time, validity);
  }

  RandomRequest at(Instant otherTime, Duration otherValidity) {
    return new RandomRequest(method, bucket, key, parameters, headers, additional, credentials, region, product, otherTime, otherValidity);
  }

  private RandomRequest with(Credentials other) {
    return new RandomRequest(method, bucket, key, parameters, headers, additional, other, region, product, time, validity);
  }

  /** No parameter twice: see {@link CrossSigningTest#ofARepeatedParameterSdkV2SignsTheFirstAndWeTheLast}. */
  private static List<Query.Parameter> parameters(Random random) {
    List<Query.Parameter> parameters = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name =
          switch (random.nextInt(5)) {
            case 0 -> pick(random, UNSIGNED_BY_V1);
            case 1 -> pick(random, UNLISTED);
            default -> pick(random, SignParameters.SIGNED_PARAMTERS);
          };
      // Of presigned URLs: whoever presigns sets it.
      if (!name.equals("security-token") && taken.add(name)) {
        parameters.add(new Query.Parameter(name, random.nextInt(3) == 0 ? "" : text(random, 1, 8).trim()));
      }
    }
    return parameters;
  }

  private static List<Header> headers(Random random) {
    List<Header> headers = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      String name = pick(random, switch (random.nextInt(4)) { case 0 -> META; case 1 -> OSS; case 2 -> OTHER; default -> List.of("content-type", "content-md5"); });
      if (taken.add(name)) {
        String value = "v" + text(random, 0, 6).replace('\u00a0', ' ').trim();
        headers.add(new Header(oddCase(random, name), blanks(random) + value + blanks(random)));
      }
    }
    return headers;
  }

  private static List<String> additional(Random random, List<Header> headers) {
    List<String> names = new ArrayList<>();
    for (Header header : headers) {
      if (random.nextInt(4) == 0) {
        names.add(oddCase(random, header.name()));
      }
    }
    if (random.nextInt(4) == 0) {
      names.add("Absent");
    }
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().map(name -> oddCase(random, name)).toList();
  }

  private static String text(Random random, int least, int most) {
    StringBuilder out = new StringBuilder();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      out.append(random.nextBoolean() ? pick(random, ODD) : word(random, 1));
    }
    return out.toString();
  }

  private static String word(Random random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".charAt(random.nextInt(62)));
    }
    return out.toString();
  }

  private static String oddCase(Random random, String name) {
    return switch (random.nextInt(4)) {
      case 0 -> name.toUpperCase(Locale.ROOT);
      case 1 -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      default -> name;
    };
  }

  private static String blanks(Random random) {
    return pick(random, List.of("", "", "", " ", "  ", "\t"));
  }

  private static <T> T pick(Random random, List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
