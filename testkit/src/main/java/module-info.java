/** A simulated OSS on the loopback interface, with a menu of faults, for tests of anything that talks to OSS. */
module dev.ossresilience.testkit {
  requires transitive dev.ossresilience.core;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires java.logging;
  requires java.management; // for LeakStorm
  requires java.xml;
  requires mockwebserver3;
  requires okhttp3;
  requires com.fasterxml.jackson.databind;
  requires static org.junit.jupiter.api; // not transitive: only the extension and the suite need it
  requires static info.picocli; // only the program needs it

  exports dev.ossresilience.testkit;
  exports dev.ossresilience.testkit.conformance;
  exports dev.ossresilience.testkit.fault;

  opens dev.ossresilience.testkit.cli to
      info.picocli;
}
