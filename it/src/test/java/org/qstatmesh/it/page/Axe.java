package org.qstatmesh.it.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deque's axe-core, run in a page: what its rules for WCAG 2.2 AA, and its advice, find there. */
final class Axe {
  /**
   * The size of targets within the lines of a row is left to fingers: with a mouse a line may be
   * lower, for the same links stand in the tables behind the row and in its sheets (WCAG 2.5.8,
   * Equivalent), where they are measured.
   */
  private static final String RUN =
      """
      async (part) => {
        const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations, passes } = await axe.run(part ?? document, { runOnly: { type: 'tag', values } });
        if (passes.length < (part ? 5 : 10)) return ['axe saw hardly anything'];
        const lines = 'qm-row :is(.legend, .counts, .reasons, qm-queue-line)';
        const finger = matchMedia('(pointer: coarse)').matches;
        const mended = (id, [selector]) => id === 'target-size' && !finger && document.querySelector(selector)?.closest(lines);
        return violations.flatMap(({ id, help, nodes }) =>
          nodes.filter(({ target }) => !mended(id, target)).map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`));
      }""";

  private static final String SCRIPT = read();

  private Axe() {}

  /** One line for each thing found; the script goes in by the debugger, past the page's policy. */
  static List<String> findings(Page page) {
    return findings(page, null);
  }

  /** The same within the first element that a selector finds; null is all of the page. */
  @SuppressWarnings("unchecked")
  static List<String> findings(Page page, String part) {
    if (page.evaluate("!('axe' in globalThis)").equals(true)) {
      page.evaluate(SCRIPT);
    }
    return (List<String>) page.evaluate(RUN, part);
  }

  private static String read() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; undefined";
    } catch (IOException e) {
      throw new IllegalStateException("axe-core is not on the class path", e);
    }
  }
}
