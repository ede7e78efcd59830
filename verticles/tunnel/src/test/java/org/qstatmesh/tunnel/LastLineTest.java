package org.qstatmesh.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLineTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'one', 'one'",
    "'one\ntwo', 'two'",
    "'one\ntwo\n', 'two'",
    "'one\r\n\r\n  \n', 'one'",
    "'one\n  under way', 'under way'",
  })
  void keepsTheLastLineThatIsNotBlank(String text, String last) {
    LastLine line = new LastLine();
    line.readFrom(new ByteArrayInputStream(text.getBytes(UTF_8)));
    assertEquals(last, line.text());
    LastLine piecewise = new LastLine();
    for (byte one : text.getBytes(UTF_8)) {
      piecewise.add(new byte[] {one}, 1);
    }
    assertEquals(last, piecewise.text());
  }

  @ParameterizedTest
  @CsvSource({"399, 399", "400, 400", "401, 400", "100000, 400"})
  void cutsALineThatIsTooLong(int length, int kept) {
    LastLine line = new LastLine();
    line.readFrom(new ByteArrayInputStream("x".repeat(length).getBytes(UTF_8)));
    assertEquals(kept, line.text().length());
  }
}
