package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.benchmarks.fleet.Story.Shade;
import dev.ossresilience.testkit.fleet.Limit;
import dev.ossresilience.testkit.fleet.Scenario;
import dev.ossresilience.testkit.fleet.Traffic;
import java.time.Duration;
import java.util.List;

/** What the fleet goes through. In all of it 800 calls/s are made to a server that can do 1,000: see {@link Scenario#builder()}. */
public final class Stories {
  private static final long KIB = 1024;

  /** More than anybody asks for: limits can be raised, not removed. */
  private static final long LIFTED = 1_000_000_000;

  private Stories() {}

  /** In the order of the report. */
  public static List<Story> all() {
    return List.of(
        new Story(
            "outage",
            "Outage",
            "After 10 s the server can do only 5 % of its work, for 10 s. Then it is well again, but its queue is full, and it still works on"
                + " requests that nobody waits for any more. Clients that send too much now keep it that way.",
            List.of(new Shade(10, 20, "server at 5 %", 1)),
            Scenario::builder),
        new Story(
            "outage-patient",
            "Outage, and clients that wait longer",
            "The same outage, but clients wait 20 s for an answer, as SDK v2 does by default (v1 waits 50 s), in place of 1 s. Nothing in the"
                + " server's queue is worked on in vain, so that it comes back whatever clients do.",
            List.of(new Shade(10, 20, "server at 5 %", 1)),
            () -> Scenario.builder().timeout(seconds(20))),
        new Story(
            "throttle-storm",
            "Throttle storm",
            "From 10 s to 40 s the account may make 400 requests per second, half of what the clients ask for; more are refused at once with"
                + " 503 TotalQpsLimitExceeded. A refusal costs the server a twentieth of a request's work. Nobody can do better than 400/s while"
                + " the limit holds: 12,000 calls too many must fail, or wait.",
            List.of(new Shade(10, 40, "limit: 400 requests/s", 1)),
            () -> Scenario.steady().duration(seconds(120)).limit(seconds(10), Limit.requests(400)).limit(seconds(40), Limit.requests(LIFTED))),
        new Story(
            "mixed",
            "Uploads, downloads and listings",
            "Three uploads and three downloads of 64 KiB for two listings. From 10 s to 40 s there are two limits: 100 listings per second,"
                + " of 200 that are asked for, the others being refused with 503 MetaOperationQpsLimitExceeded; and 12 MB/s of downloads, of"
                + " 20 MB/s, which is soft: answers come later and later, and say so in x-oss-qos-delay-time. Uploads have no limit.",
            List.of(new Shade(10, 40, "both limits hold", 1)),
            Stories::mixed),
        new Story(
            "slow-recovery",
            "Slow recovery",
            "After 10 s the server falls to 5 % of what it can do, and comes back in steps: a quarter, a half, three quarters, all. It can"
                + " do what is asked for only with the last step.",
            List.of(new Shade(10, 20, "at 5 %", 1), new Shade(20, 30, "25 %", 0.75), new Shade(30, 40, "50 %", 0.5), new Shade(40, 50, "75 %", 0.25)),
            () ->
                Scenario.steady()
                    .duration(seconds(120))
                    .capacity(seconds(10), 0.05)
                    .capacity(seconds(20), 0.25)
                    .capacity(seconds(30), 0.5)
                    .capacity(seconds(40), 0.75)
                    .capacity(seconds(50), 1)));
  }

  private static Scenario.Builder mixed() {
    return Scenario.steady()
        .duration(seconds(120))
        .traffic(
            Traffic.put("logs", "app/1.log", 64 * KIB).weighing(3),
            Traffic.get("logs", "app/2.log", 64 * KIB).weighing(3),
            Traffic.list("logs").weighing(2))
        .limit(seconds(10), Limit.metaRequests(100))
        .limit(seconds(10), Limit.downloadBytes(12_000_000).slowingDown())
        .limit(seconds(40), Limit.metaRequests(LIFTED))
        .limit(seconds(40), Limit.downloadBytes(LIFTED).slowingDown());
  }

  private static Duration seconds(int number) {
    return Duration.ofSeconds(number);
  }
}
