package dev.ossresilience.examples.stage;

import dev.ossresilience.examples.Ran;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command run in virtual time: its exit status and what it printed. */
public record Played(int status, String out, String err) {
  private static final String FAULTS = "  The simulator's faults: ";

  public static Played with(String command, String... args) {
    return with(Map.of(), command, args);
  }

  public static Played with(Map<String, String> environment, String command, String... args) {
    VirtualTime time = new VirtualTime();
    return on(new Machine(environment, time, time, false), command, args);
  }

  public static Played on(Machine machine, String command, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(0, command);
    Ran ran = Ran.on(machine, all.toArray(String[]::new));
    return new Played(ran.status(), ran.out(), ran.err());
  }

  /** A simulator whose objects a test can look at; it has the access key {@code ak} and the bucket {@code logs}. */
  public static OssSimulator realOss(VirtualTime time) {
    return OssSimulator.builder().credentials(Credentials.of("ak", "sk")).time(time).start();
  }

  /** The command with such a simulator for a real OSS. */
  public static Played against(OssSimulator server, VirtualTime time, String command, String... args) {
    List<String> all = new ArrayList<>(List.of("--endpoint", server.endpoint(), "--region", "cn-hangzhou", "--bucket", "logs"));
    all.addAll(List.of(args));
    Map<String, String> environment = Map.of("OSS_ACCESS_KEY_ID", "ak", "OSS_ACCESS_KEY_SECRET", "sk");
    return on(new Machine(environment, time, time, false), command, all.toArray(String[]::new));
  }

  /** Those that happened, call by call. */
  public List<List<String>> faults() {
    return out.lines().filter(line -> line.startsWith(FAULTS)).map(line -> List.of(line.substring(FAULTS.length()).split(", "))).toList();
  }
}
