package dev.ossresilience.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ossresilience.testkit.conformance.ConformanceCase.Clock;
import dev.ossresilience.testkit.conformance.ConformanceCase.Expected;
import dev.ossresilience.testkit.conformance.ConformanceCase.GiveUp;
import dev.ossresilience.testkit.conformance.ConformanceCase.Operation;
import dev.ossresilience.testkit.conformance.ConformanceCase.Settings;
import dev.ossresilience.testkit.conformance.ConformanceCase.Signing;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code conformance.json}: each family gives every one of its operations every one of its cases. */
final class CaseReader {
  private static final Set<String> OPERATION =
      Set.of("name", "request", "headers", "body", "text", "oneShot", "knowsPrefix", "stored", "changed", "setup");
  private static final Set<String> FAMILY = Set.of("name", "why", "operations", "cases");
  private static final Set<String> CASE =
      Set.of(
          "title", "operations", "faults", "maxAttempts", "totalTimeout", "appends", "responseTimeout", "learntClock", "serverClock", "giveUp",
          "ends", "attempts", "probes", "object", "recorded", "shortest", "longest", "setupFaults", "signer", "sent", "credentials",
          "parallel", "measured", "offset", "nextAttempts");

  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private CaseReader() {}

  /** All cases, in the order of the file. */
  static List<ConformanceCase> read() {
    try (InputStream resource = Objects.requireNonNull(CaseReader.class.getResourceAsStream("conformance.json"), "conformance.json")) {
      return new CaseReader().cases(JsonMapper.builder().build().readTree(resource));
    } catch (IOException e) {
      throw new IllegalStateException("the resource conformance.json of this library is damaged", e);
    }
  }

  private List<ConformanceCase> cases(JsonNode root) {
    for (JsonNode node : root.get("operations")) {
      Operation operation = operation(check(node, OPERATION));
      operations.put(operation.name(), operation);
    }
    List<ConformanceCase> cases = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode family : root.get("families")) {
      check(family, FAMILY);
      for (JsonNode node : family.get("cases")) {
        check(node, CASE);
        for (JsonNode name : node.has("operations") ? node.get("operations") : family.get("operations")) {
          ConformanceCase one = read(family.get("name").asText(), node, name.asText());
          if (!names.add(one.toString())) {
            throw new IllegalStateException("two cases are called '" + one + "'");
          }
          cases.add(one);
        }
      }
    }
    return List.copyOf(cases);
  }

  private ConformanceCase read(String family, JsonNode node, String operationName) {
    Operation operation = operations.get(operationName);
    if (operation == null) {
      throw new IllegalStateException(family + " names the operation '" + operationName + "', which is not in the list");
    }
    String faults = String.join(", ", texts(node, "faults"));
    String title = operationName + ", " + node.path("title").asText(faults.isEmpty() ? "no fault" : faults);
    Settings settings =
        new Settings(
            node.path("maxAttempts").asInt(5),
            Objects.requireNonNullElse(duration(node, "totalTimeout"), Duration.ofSeconds(60)),
            node.path("appends").asText("follow"),
            duration(node, "responseTimeout"),
            duration(node, "learntClock"),
            Objects.requireNonNullElse(duration(node, "serverClock"), Duration.ZERO),
            parse(texts(node, "setupFaults")));
    Signing signing =
        new Signing(
            node.path("signer").asText("v4"),
            node.path("sent").asText("unsigned"),
            node.path("credentials").asText("fixed"),
            node.path("parallel").asInt(1));
    Clock clock =
        new Clock(duration(node, "measured"), duration(node, "offset"), node.has("nextAttempts") ? node.get("nextAttempts").asInt() : null);
    Expected expected =
        new Expected(
            node.get("ends").asText(),
            node.get("attempts").asInt(),
            node.path("probes").asInt(0),
            node.get("object").asText(),
            texts(node, "recorded"),
            duration(node, "shortest"),
            duration(node, "longest"),
            clock);
    GiveUp giveUp = GiveUp.valueOf(node.path("giveUp").asText("NEVER"));
    return new ConformanceCase(family, title, operation, parse(texts(node, "faults")), settings, signing, giveUp, expected);
  }

  private static Operation operation(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Operation(
        node.get("name").asText(),
        node.get("request").asText(),
        headers,
        node.path("body").asInt(-1),
        node.path("text").asText(""),
        node.path("oneShot").asBoolean(false),
        node.path("knowsPrefix").asBoolean(false),
        node.path("stored").asInt(-1),
        node.get("changed").asText(),
        texts(node, "setup"));
  }

  private static List<Fault> parse(List<String> faults) {
    return faults.stream().map(Fault::parse).toList();
  }

  private static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable Duration duration(JsonNode node, String name) {
    return node.has(name) ? Duration.parse(node.get(name).asText()) : null;
  }

  /** A misspelt name would otherwise be a condition that is never checked. */
  private static JsonNode check(JsonNode node, Set<String> known) {
    node.properties().forEach(property -> {
      if (!known.contains(property.getKey())) {
        throw new IllegalStateException("conformance.json has an unknown name '" + property.getKey() + "'; known here: " + known);
      }
    });
    return node;
  }
}
