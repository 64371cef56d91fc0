package dev.ossresilience.examples.okhttp;

import dev.ossresilience.examples.stage.FileCommandTest;

class OkHttpCommandTest extends FileCommandTest {
  OkHttpCommandTest() {
    super("okhttp");
  }
}
