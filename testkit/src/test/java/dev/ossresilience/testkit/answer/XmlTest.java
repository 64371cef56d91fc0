package dev.ossresilience.testkit.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlTest {
  @Test
  void elementsAreIndentedAndTextIsEscaped() {
    Xml xml = new Xml().group("A", a -> a.text("B", "x<y & \"z\"]]>").group("C", c -> c.text("D", 1)).text("E", ""));
    assertThat(xml.bytes().utf8())
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <A>
              <B>x&lt;y &amp; "z"]]&gt;</B>
              <C>
                <D>1</D>
              </C>
              <E></E>
            </A>
            """);
  }

  @Test
  void aCarriageReturnSurvivesAReader() {
    assertThat(new Xml().text("A", "1\r\n\t2").bytes().utf8()).endsWith("<A>1&#13;\n\t2</A>\n");
  }
}
