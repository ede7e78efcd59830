package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a browser must load of us before it can show a number; it/ adds what comes over the socket.
 */
@Timeout(30)
class PageWeightTest {
  private static final int MOST_BYTES = 52_000;
  private static final int MOST_FILES = 6;

  @Test
  void isLight() throws Exception {
    PageFiles page = PageFiles.load(getClass().getClassLoader(), "webroot");
    page.compress();
    TreeMap<String, Integer> sizes = new TreeMap<>();
    var wanted = new TreeSet<String>();
    wanted.add("/");
    var links = Pattern.compile("(?:src|href)=\"([^\"#:]+)\"");
    links
        .matcher(page.at("/").plain().toString())
        .results()
        .forEach(r -> wanted.add("/" + r.group(1)));
    for (String path : wanted) {
      if (!path.startsWith("/lib/")) {
        PageFile file = page.at(path);
        sizes.put(path, file.zipped() == null ? file.plain().length() : file.zipped().length());
      }
    }
    int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(sum <= MOST_BYTES, sum + " bytes: " + sizes);
    assertTrue(sizes.size() <= MOST_FILES, sizes.toString());
    String main = page.at("/js/main.js").plain().toString();
    assertEquals(-1, main.indexOf("\nimport"), "the first script waits for another");
  }
}
