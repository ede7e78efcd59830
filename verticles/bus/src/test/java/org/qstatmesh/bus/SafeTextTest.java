package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a"})
  void whatASpreadsheetCalculatesIsText(String text) {
    assertEquals("'" + text, SafeText.csv(text));
    assertEquals("a;'" + text, SafeText.csv("a;" + text));
    assertEquals("a" + text, SafeText.csv("a" + text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "alice|alice",
        "a,b|~\"a,b\"~",
        "a\"b|~\"a\"\"b\"~",
        "=a,b|~\"'=a,b\"~",
        "Grüße 名前 😀|Grüße 名前 😀"
      })
  void fieldsAreThoseOfTheStandard(String text, String field) {
    assertEquals(field, SafeText.csv(text));
  }

  @Test
  void nothingThatEndsALineOrHidesAnotherCharacterIsLeft() {
    assertEquals("\\u0009=1", SafeText.csv("\t=1"));
    assertEquals("\\u000d\\u000a=1", SafeText.csv("\r\n=1"));
    assertEquals("\\u202e\\u0000\\u2028\\ud800", SafeText.csv("\u202e\0\u2028\ud800"));
    assertEquals("", SafeText.csv(null));
    assertEquals("", SafeText.csv(""));
    assertEquals("\"\\u0022\\u000a=\"", SafeText.json("\"\n="));
  }
}
