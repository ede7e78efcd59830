package org.qstatmesh.broadcast.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ScriptTest {
  static final Path WEBROOT = Path.of("../../webroot");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "a  +  b | a+b",
        "a + +b | a+ +b",
        "a - --b | a- --b",
        "x = a /* / */ / b // c | x=a/b",
        "x = (a) / b / c | x=(a)/b/c",
        "x = list[0] / 2 | x=list[0]/2",
        "return /[/*]\\/'/g.test(x) | return/[/*]\\/'/g.test(x)",
        "f(/a b/, /\\d{2}  x/u) | f(/a b/,/\\d{2}  x/u)",
        "/a/g in b | /a/g in b",
        "`a  ${ f(`/* ${1} }`) }  // b` | `a  ${ f(`/* ${1} }`) }  // b`",
        "x = '// no  comment' | x='// no  comment'",
        "x = 'it\\'s  /* so */' | x='it\\'s  /* so */'",
        "static #a = 1e-3 - 0xe - 1 | static #a=1e-3-0xe-1",
        "1 .toString() | 1 .toString()",
        "a ? .5 : -.5 | a?.5:-.5",
        "typeof x | typeof x",
        "async () => { await x; } | async()=>{await x;}",
        "{ ...a, b: 'ü…' } | {...a,b:'ü…'}",
        "a?.b ?? c | a?.b??c",
      })
  void keepsWhatItMeans(String source, String packed) {
    assertEquals(packed, pack(source));
  }

  @Test
  void keepsTheLinesThatMayEndAStatement() {
    assertEquals("let a=1\n++b", pack("let a = 1\n\n  ++b"));
    assertEquals("f(a,b)\n[c].d()", pack("f(\n  a,\n  b\n)\n[c]\n  .d()"));
    assertEquals("return\nx", pack("return // nothing\nx"));
    assertEquals("a\nb", pack("a /* over\n lines */ b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = 'abc", "x = `a ${b", "/* a", "x = /a", "if (a) {} /b/.test(c)"})
  void refusesWhatItCannotRead(String source) {
    PackingFault fault = assertThrows(PackingFault.class, () -> pack("\n" + source));
    assertTrue(fault.getMessage().startsWith("webroot/js/a.js, line 2: "), fault.getMessage());
  }

  @Test
  void leavesEveryTokenOfEveryFile() throws IOException {
    List<Path> scripts = new ArrayList<>();
    try (Stream<Path> found = Files.walk(WEBROOT)) {
      found.filter(file -> file.toString().endsWith(".js")).forEach(scripts::add);
    }
    assertTrue(scripts.size() > 60, scripts.toString());
    for (Path script : scripts) {
      String name = script.toString();
      List<Token> tokens = ScriptReader.read(name, Files.readString(script));
      List<Token> again = ScriptReader.read(name, ScriptWriter.write(tokens));
      assertEquals(texts(tokens), texts(again), name);
    }
  }

  private static List<String> texts(List<Token> tokens) {
    return tokens.stream().map(token -> token.kind() + " " + token.text()).toList();
  }

  private static String pack(String source) {
    return ScriptWriter.write(ScriptReader.read("js/a.js", source));
  }
}
