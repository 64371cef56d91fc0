package dev.ossresilience.testkit.fault;

import static dev.ossresilience.testkit.fault.Argument.CODE;
import static dev.ossresilience.testkit.fault.Argument.DURATION;
import static dev.ossresilience.testkit.fault.Argument.HOST;
import static dev.ossresilience.testkit.fault.Argument.MILLIS;
import static dev.ossresilience.testkit.fault.Argument.STATUS;
import static dev.ossresilience.testkit.fault.Argument.TEXT;
import static dev.ossresilience.testkit.fault.Argument.TIME;
import static dev.ossresilience.testkit.fault.Argument.URL;
import static dev.ossresilience.testkit.fault.Argument.VALUE;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All faults as one writes them in a line: the name of the factory method, then its arguments. */
final class FaultMenu {
  static final List<Line> LINES =
      List.of(
          line("none", Fault::none),
          line("error", STATUS, CODE, Fault::error),
          line("error", CODE, Fault::error),
          line("throttled", CODE, Fault::throttled),
          line("requestTimeout", Fault::requestTimeout),
          line("internalError", Fault::internalError),
          line("applyThenInternalError", Fault::applyThenInternalError),
          line("applyThenError", STATUS, CODE, Fault::applyThenError),
          line("gatewayError", STATUS, Fault::gatewayError),
          line("applyThenGatewayError", STATUS, Fault::applyThenGatewayError),
          line("bareError", STATUS, Fault::bareError),
          line("retryAfter", STATUS, CODE, VALUE, Fault::retryAfter),
          line("wrongEndpoint", HOST, Fault::wrongEndpoint),
          line("securityTokenExpired", Fault::securityTokenExpired),
          line("invalidSigningDate", Fault::invalidSigningDate),
          line("callbackFailed", Fault::callbackFailed),
          line("slowed", MILLIS, Fault::slowed),
          line("corruptBody", Fault::corruptBody),
          line("wrongCrc", Fault::wrongCrc),
          line("lyingDate", TIME, Fault::lyingDate),
          line("refuseConnection", Fault::refuseConnection),
          line("resetBeforeBody", Fault::resetBeforeBody),
          line("stall", Fault::stall),
          line("stallResponse", Fault::stallResponse),
          line("applyThenAnswerLate", DURATION, Fault::applyThenAnswerLate),
          line("answerThenClose", Fault::answerThenClose),
          line("applyThenDrop", Fault::applyThenDrop),
          line("drop", Fault::drop),
          line("dropMidBody", Fault::dropMidBody),
          line("truncateResponse", Fault::truncateResponse),
          line("earlyError", STATUS, CODE, Fault::earlyError),
          line("earlySuccess", Fault::earlySuccess),
          line("lateDuplicate", Fault::lateDuplicate),
          line("deliverLater", Fault::deliverLater),
          line("skewed", DURATION, Fault::skewed),
          line("foreignAppend", TEXT, Fault::foreignAppend),
          line("foreignAppendSameLength", Fault::foreignAppendSameLength),
          line("foreignAppendAfter", TEXT, Fault::foreignAppendAfter),
          line("foreignAppendAfterSameLength", Fault::foreignAppendAfterSameLength),
          line("foreignPut", VALUE, Fault::foreignPut),
          line("foreignReplace", VALUE, Fault::foreignReplace),
          line("foreignDelete", Fault::foreignDelete),
          line("longGatewayError", STATUS, Fault::longGatewayError),
          line("portalPage", Fault::portalPage),
          line("redirect", URL, Fault::redirect));

  private FaultMenu() {}

  /** One way to write one fault. */
  record Line(String name, List<Argument<?>> arguments, Function<List<String>, Fault> factory) {
    /** For example {@code error STATUS CODE}. */
    String usage() {
      return name + arguments.stream().map(argument -> " " + argument.label()).collect(Collectors.joining());
    }

    /** For example {@code error 503 InternalError}. */
    String example() {
      return name + arguments.stream().map(argument -> " " + argument.example()).collect(Collectors.joining());
    }

    private List<String> words(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split("\\s+", takesRest() ? arguments.size() : 0));
    }

    private boolean takesRest() {
      return !arguments.isEmpty() && arguments.get(arguments.size() - 1).rest();
    }
  }

  static Fault parse(String text) {
    String[] halves = text.strip().split("\\s+", 2);
    String arguments = halves.length > 1 ? halves[1] : "";
    List<Line> lines = LINES.stream().filter(line -> line.name().equals(halves[0])).toList();
    if (lines.isEmpty()) {
      throw wrong(text, "there is no fault \"" + halves[0] + "\"");
    }
    for (Line line : lines) {
      List<String> words = line.words(arguments);
      if (words.size() == line.arguments().size()) {
        try {
          return line.factory().apply(words);
        } catch (IllegalArgumentException e) {
          throw wrong(text, String.valueOf(e.getMessage()));
        }
      }
    }
    String usages = lines.stream().map(Line::usage).collect(Collectors.joining(" or "));
    throw wrong(text, (arguments.isEmpty() ? "arguments are missing" : "\"" + arguments + "\" does not fit") + "; write " + usages);
  }

  private static IllegalArgumentException wrong(String text, String because) {
    String menu = LINES.stream().map(line -> "\n  " + line.usage()).collect(Collectors.joining());
    return new IllegalArgumentException("not a fault: \"" + text + "\": " + because + ". The faults are:" + menu);
  }

  private static Line line(String name, Supplier<Fault> factory) {
    return new Line(name, List.of(), words -> factory.get());
  }

  private static <A> Line line(String name, Argument<A> one, Function<A, Fault> factory) {
    return new Line(name, List.of(one), words -> factory.apply(one.read(words.get(0))));
  }

  private static <A, B> Line line(String name, Argument<A> one, Argument<B> two, BiFunction<A, B, Fault> factory) {
    return new Line(name, List.of(one, two), words -> factory.apply(one.read(words.get(0)), two.read(words.get(1))));
  }

  private static <A, B, C> Line line(String name, Argument<A> one, Argument<B> two, Argument<C> three, Three<A, B, C> factory) {
    return new Line(
        name, List.of(one, two, three), words -> factory.apply(one.read(words.get(0)), two.read(words.get(1)), three.read(words.get(2))));
  }

  @FunctionalInterface
  private interface Three<A, B, C> {
    Fault apply(A one, B two, C three);
  }
}
