package dev.ossresilience.benchmarks.scorecard.script;

import static dev.ossresilience.benchmarks.scorecard.script.Stage.KEY;

import dev.ossresilience.benchmarks.scorecard.peer.Body;
import dev.ossresilience.benchmarks.scorecard.peer.Peer;
import dev.ossresilience.benchmarks.scorecard.peer.Told;
import dev.ossresilience.benchmarks.scorecard.script.Script.Play;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What scripts are made of: one call each, and by which rule it is judged. */
final class Plays {
  private Plays() {}

  static Play put(Fault... faults) {
    return stage -> Judge.written(stage.under(List.of(faults), () -> stage.peer.put(KEY, Body.of(stage.ours))), stage.stored(), stage.ours);
  }

  static Play putIfAbsent(Fault... faults) {
    return stage -> Judge.written(stage.under(List.of(faults), () -> stage.peer.putIfAbsent(KEY, Body.of(stage.ours))), stage.stored(), stage.ours);
  }

  static Play putFile(Fault... faults) {
    return stage -> {
      Path file = Files.createTempFile("scorecard", ".log");
      try {
        Files.write(file, stage.ours);
        return Judge.written(stage.under(List.of(faults), () -> stage.peer.put(KEY, Body.in(file, stage.ours))), stage.stored(), stage.ours);
      } finally {
        Files.delete(file);
      }
    };
  }

  /** 2 MB are more than anybody keeps for a second time unasked. */
  static Play putOneShot(Fault fault) {
    return stage -> {
      byte[] bytes = new byte[2_000_000];
      new Random(1).nextBytes(bytes);
      Told told = stage.under(List.of(fault), () -> stage.peer.put(KEY, Body.oneShot(bytes)));
      return told.success() && Arrays.equals(bytes, stage.stored()) ? Finding.ok("sent again") : Judge.refused(told, 503, "ServiceUnavailable");
    };
  }

  static Play putOneShotOverNetwork(Fault fault) {
    return stage -> {
      Told told = stage.under(List.of(fault), () -> stage.peer.put(KEY, Body.oneShot(stage.ours)));
      Finding finding = Judge.written(told, stage.stored(), stage.ours);
      return finding.verdict() == Verdict.GAVE_UP ? Finding.ok(finding.note()) : finding;
    };
  }

  static Play get(Fault... faults) {
    return stage -> Judge.read(got(stage, faults), stage.ours);
  }

  static Play getOrTold(Fault... faults) {
    return stage -> Judge.readOrTold(got(stage, faults), stage.ours);
  }

  /** Which of both is wrong nobody can know: here it is the checksum. */
  static Play getDamaged(Fault fault) {
    return stage -> {
      Told told = got(stage, fault);
      boolean readAgain = stage.requests() > 1 && Judge.read(told, stage.ours).verdict() == Verdict.OK;
      if (told.success()) {
        return readAgain ? Finding.ok("read again") : Finding.wrong("told success");
      }
      return Finding.ok("told " + told.words());
    };
  }

  private static Told got(Stage stage, Fault... faults) {
    stage.server.append(Peer.BUCKET, KEY, stage.ours);
    return stage.under(List.of(faults), () -> stage.peer.get(KEY));
  }

  static Play head(Fault... faults) {
    return stage -> {
      stage.server.append(Peer.BUCKET, KEY, stage.ours);
      return Judge.answered(stage.under(List.of(faults), () -> stage.peer.head(KEY)), String.valueOf(stage.ours.length));
    };
  }

  static Play append(Fault... faults) {
    return stage -> Judge.written(stage.under(List.of(faults), () -> stage.peer.append(KEY, 0, Body.of(stage.ours))), stage.stored(), stage.ours);
  }

  static Play appendOneShot(Fault... faults) {
    return stage -> Judge.written(stage.under(List.of(faults), () -> stage.peer.append(KEY, 0, Body.oneShot(stage.ours))), stage.stored(), stage.ours);
  }

  static Play appendBeside(Fault... faults) {
    return stage -> Judge.beside(stage.under(List.of(faults), () -> stage.peer.append(KEY, 0, Body.of(stage.ours))), stage.stored(), stage.ours);
  }

  /** The connection has carried a request before: some clients take its end for a sign that it was stale. */
  static Play appendOnPooledConnection(Fault fault) {
    return stage -> {
      stage.prepared(stage.peer.put("other.log", Body.of(new byte[] {1})));
      return append(fault).on(stage);
    };
  }

  static Play complete(Fault fault) {
    return stage -> {
      String upload = stage.prepared(stage.peer.startUpload(KEY));
      String etag = stage.prepared(stage.peer.part(KEY, upload, 1, Body.of(stage.ours)));
      return Judge.written(stage.under(List.of(fault), () -> stage.peer.complete(KEY, upload, List.of(etag))), stage.stored(), stage.ours);
    };
  }

  /** The upload is completed without a fault, so that the part's bytes can be seen. */
  static Play part(Fault fault) {
    return stage -> {
      String upload = stage.prepared(stage.peer.startUpload(KEY));
      Told told = stage.under(List.of(fault), () -> stage.peer.part(KEY, upload, 1, Body.of(stage.ours)));
      if (told.success()) {
        stage.prepared(stage.peer.complete(KEY, upload, List.of(told.value())));
      }
      return Judge.written(told, stage.stored(), stage.ours);
    };
  }

  static Play delete(Fault fault) {
    return stage -> {
      stage.server.append(Peer.BUCKET, KEY, stage.ours);
      Told told = stage.under(List.of(fault), () -> stage.peer.delete(KEY));
      if (told.success()) {
        return stage.stored() == null ? Finding.ok("") : Finding.wrong("told success, still there");
      }
      return Finding.gaveUp("told " + told.words() + (stage.stored() == null ? ", though deleted" : ""));
    };
  }

  /** Nobody listens on port 1. */
  static Play callback() {
    return stage -> {
      Told told = stage.under(List.of(), () -> stage.peer.putWithCallback(KEY, Body.of(stage.ours), "http://127.0.0.1:1/"));
      boolean once = Arrays.equals(stage.ours, stage.stored()) && stage.requests() == 1;
      if (!once) {
        return Finding.wrong("told " + told.words() + ", sent " + stage.requests() + " times");
      }
      return told.code().equals("CallbackFailed") ? Finding.ok("told " + told.words()) : Finding.wrong("told " + told.words());
    };
  }

  /** {@code play} with the server's clock ahead of ours. */
  static Play skewed(Duration ahead, Function<Fault[], Play> play) {
    return stage -> {
      stage.server.clockOffset(ahead);
      return play.apply(new Fault[0]).on(stage);
    };
  }

  /** Only the second call counts. */
  static Play secondCall(Duration ahead) {
    return stage -> {
      stage.server.clockOffset(ahead);
      stage.peer.put("other.log", Body.of(new byte[] {1}));
      return put().on(stage);
    };
  }

  /** The clock is off for two calls and right for the last one, which alone counts. */
  static Play resync(Duration ahead) {
    return stage -> {
      stage.server.clockOffset(ahead);
      stage.peer.put("other.log", Body.of(new byte[] {1}));
      stage.peer.put("other.log", Body.of(new byte[] {1}));
      stage.server.clockOffset(Duration.ZERO);
      return put().on(stage);
    };
  }

  /** The first credentials work for one call and are then refused long before the end that they came with. */
  static Play revoked(Credentials first, Credentials later) {
    return stage -> {
      stage.server.credentials(first);
      stage.prepared(stage.peer.put("other.log", Body.of(new byte[] {1})));
      stage.server.tokenExpires(String.valueOf(first.securityToken()), Instant.now().minusSeconds(60));
      stage.server.credentials(later);
      return put().on(stage);
    };
  }

  static Play refused(int status, String code, List<Fault> faults) {
    return stage -> Judge.refused(stage.under(faults, () -> stage.peer.put(KEY, Body.of(stage.ours))), status, code);
  }

  /** What no repetition can change. */
  static Play refusedAtOnce(int status, String code, List<Fault> faults) {
    return stage -> {
      Finding finding = refused(status, code, faults).on(stage);
      return finding.verdict() == Verdict.OK && stage.requests() > 1 ? Finding.gaveUp(finding.note() + " after " + stage.requests() + " requests") : finding;
    };
  }

  static Play ends(List<Fault> faults) {
    return stage -> Judge.ended(stage.under(faults, () -> stage.peer.put(KEY, Body.of(stage.ours))), stage.stored(), stage.ours);
  }

  /** A host of another name is a stranger, though it is the same machine here. */
  static Play redirect() {
    return stage -> {
      try (OssSimulator stranger = OssSimulator.builder().start()) {
        stage.server.append(Peer.BUCKET, KEY, stage.ours);
        String elsewhere = stranger.endpoint().replace("127.0.0.1", "localhost") + "/" + Peer.BUCKET + "/" + KEY;
        Told told = stage.under(List.of(Fault.redirect(elsewhere)), () -> stage.peer.get(KEY));
        for (ReceivedRequest request : stranger.requests()) {
          if (request.headers().containsKey("x-oss-security-token") || request.headers().containsKey("authorization")) {
            return Finding.wrong("the stranger got " + (request.headers().containsKey("authorization") ? "the signature" : "the STS token"));
          }
        }
        return Finding.ok("told " + told.words());
      }
    };
  }
}
