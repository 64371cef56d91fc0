package dev.ossresilience.examples.apache;

import dev.ossresilience.examples.stage.FileCommandTest;

class ApacheCommandTest extends FileCommandTest {
  ApacheCommandTest() {
    super("apache");
  }
}
