package org.qstatmesh.probe.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PrintableTest {

  @Test
  void leavesWordsAlone() {
    assertEquals("Grüße, 名前 🙂 <b>\\", Printable.escape("Grüße, 名前 🙂 <b>\\"));
  }

  @Test
  void escapesWhatMovesTheCursorOrTurnsTheLine() {
    assertEquals("a\\u001b[2Jb\\u000ac\\u009bd", Printable.escape("a\u001b[2Jb\nc\u009bd"));
    assertEquals("x\\u202egpj.exe", Printable.escape("x\u202egpj.exe"));
    assertEquals("\\u2028\\u2029\\u2066\\u200f", Printable.escape("\u2028\u2029\u2066\u200f"));
    assertEquals("\\ud83d!", Printable.escape("\ud83d!"));
  }

  @Test
  void cutsAtACharacterNotWithinOne() {
    String cut = Printable.escape("x" + "🙂".repeat(600));
    assertEquals("x" + "🙂".repeat(512) + "…", cut);
  }
}
