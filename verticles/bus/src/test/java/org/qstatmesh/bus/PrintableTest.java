package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "000a|\\u000a",
        "001b|\\u001b",
        "009b|\\u009b",
        "2028|\\u2028",
        "202e|\\u202e",
        "d800|\\ud800"
      })
  void makesDangerousCharactersVisible(String codePoint, String expected) {
    char dangerous = (char) Integer.parseInt(codePoint, 16);
    assertEquals("a" + expected + "b", Printable.escape("a" + dangerous + "b"));
  }

  @Test
  void keepsLetters() {
    String text = "<img src=x> Grüße 名前 😀";
    assertEquals(text, Printable.escape(text));
  }

  @Test
  void cutsWhatIsTooLong() {
    assertEquals("x".repeat(1_024) + "…", Printable.escape("x".repeat(5_000)));
  }

  @Test
  void neverSplitsACharacterIntoHalves() {
    String text = "x".repeat(1_023) + "😀";
    assertEquals("x".repeat(1_023) + "\\ud83d…", Printable.escape(text));
  }
}
