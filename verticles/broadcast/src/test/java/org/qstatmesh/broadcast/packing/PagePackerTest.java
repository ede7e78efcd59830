package org.qstatmesh.broadcast.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PagePackerTest {
  private static final Pattern IMPORT = Pattern.compile("(?:from|import|import\\()'(\\.[^']+)'");

  @Test
  void putsTogetherWhatIsNeededAtOnceAndApartWhatOpensLater() {
    Map<String, String> sources = new HashMap<>();
    sources.put(
        "js/main.js",
        """
        import { one as uno } from './a/one.js';
        import './a/run.js';
        const open = () => import('./a/late.js');
        open(uno);
        """);
    sources.put("js/a/one.js", "import { two } from './two.js';\nexport const one = two + 1;\n");
    sources.put("js/a/two.js", "export const two = 2;\n");
    sources.put("js/a/run.js", "const lone = 1;\nrun(lone, () => import('./later.js'));\n");
    sources.put(
        "js/a/late.js",
        """
        import { two } from './two.js';
        import { own } from './own.js';
        import { both } from './both.js';
        export function late() {}
        """);
    sources.put("js/a/later.js", "import { both } from './both.js';\nexport class Later {}\n");
    sources.put("js/a/own.js", "export const own = 1;\n");
    sources.put("js/a/both.js", "import { one } from './one.js';\nexport const both = one;\n");
    Map<String, String> files = PageChunks.pack("js/main.js", sources::get);
    assertEquals(
        Set.of("js/main.js", "js/a/late.js", "js/a/later.js", "js/a/both.js"), files.keySet());
    assertEquals(
        """
        const $a_two=(()=>{const two=2;
        return{two}})();
        const $a_one=(()=>{const{two}=$a_two;const one=two+1;
        return{one}})();
        (()=>{const lone=1;run(lone,()=>import('./a/later.js'));})();
        (()=>{const{one:uno}=$a_one;const open=()=>import('./a/late.js');open(uno);})();
        export{$a_one,$a_two};
        """,
        files.get("js/main.js"));
    assertEquals(
        """
        import{$a_two}from'../main.js';
        import{$a_both}from'./both.js';
        const $a_own=(()=>{const own=1;
        return{own}})();
        const $a_late=(()=>{const{two}=$a_two;const{own}=$a_own;const{both}=$a_both;function late(){}
        return{late}})();
        export const{late}=$a_late;
        """,
        files.get("js/a/late.js"));
    assertTrue(files.get("js/a/both.js").endsWith("export{$a_both};\n"));
  }

  @Test
  void refusesByNameAndLineWhatItIsNotSureOf() {
    refuses("import { b } from './b.js';", "import each other: js/main.js, js/b.js");
    refuses("\nexport default 1;", "line 2: only functions, classes and constants");
    refuses("export let a = 1;", "only functions");
    refuses("export * from './b.js';", "only functions");
    refuses("import b from './b.js';", "an import is");
    refuses("import { b } from 'b';", "a path begins with");
    refuses("const $b = 1;", "begin with $");
    refuses("const a = await b;", "await outside");
    refuses("const a = import(b);", "a path in quotes");
  }

  private static void refuses(String main, String why) {
    Map<String, String> sources =
        Map.of("js/main.js", main, "js/b.js", "import { a } from './main.js';");
    PackingFault fault =
        assertThrows(PackingFault.class, () -> PageChunks.pack("js/main.js", sources::get));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  @Test
  void shortensStyles() {
    assertEquals(
        "@media (width >= 1px) and (hover){a :hover,b::before{content: ' /* } */ ';margin: 0 -1px}}\n",
        StyleText.pack(
            "a.css",
            """
            /* first */
            @media (width >= 1px) and (hover) {
              a :hover, /* and */
              b::before {
                content: ' /* } */ ';
                margin: 0 -1px;
              }
            }
            """));
    assertThrows(PackingFault.class, () -> StyleText.pack("a.css", "a { /* }"));
  }

  @Test
  void packsTheRealPage(@TempDir Path target) throws Exception {
    Files.writeString(target.resolve("old.js"), "of an earlier build");
    PagePacker.main(new String[] {ScriptTest.WEBROOT.toString(), target.toString()});
    assertFalse(Files.exists(target.resolve("old.js")));
    String index = Files.readString(target.resolve("index.html"));
    assertFalse(index.contains("<!--") || index.contains("css/page.css"), index);
    assertEquals(
        new String(
            Files.readAllBytes(ScriptTest.WEBROOT.resolve("icon.svg")), StandardCharsets.UTF_8),
        Files.readString(target.resolve("icon.svg")));
    Set<String> scripts = new TreeSet<>();
    try (var found = Files.walk(target.resolve("js"))) {
      found.filter(Files::isRegularFile).map(Path::toString).forEach(scripts::add);
    }
    assertTrue(scripts.size() < 30, scripts.toString());
    for (String script : scripts) {
      Matcher wanted = IMPORT.matcher(Files.readString(Path.of(script)));
      while (wanted.find()) {
        Path folder = Objects.requireNonNull(Path.of(script).getParent());
        assertTrue(Files.exists(folder.resolve(wanted.group(1))), script + " " + wanted.group(1));
      }
    }
    assertTrue(Files.exists(target.resolve("js/heartbeat.js")), "a worker is a file of its own");
    String all = Files.readString(target.resolve("js/main.js"));
    assertFalse(all.contains("@param") || all.contains("// "), "comments are left");
  }
}
