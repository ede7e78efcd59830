package org.qstatmesh.it.kit;

import com.microsoft.playwright.Page;
import java.util.List;

/** Every place that opens over the grid of {@link PageMesh}, for tests that hold everywhere. */
public final class PagePlaces {
  /** What a place says while it waits for an answer. */
  private static final String SETTLED =
      """
      (name) => {
        const sheet = document.querySelector(`qm-sheet[data-place="${name}"] dialog[open] .sheet-body`);
        const said = sheet?.firstElementChild;
        return said?.childElementCount > 0 && !sheet.querySelector('[aria-busy=true]')
          && !/(asking|reading) …/.test(said.textContent);
      }""";

  /** Fragments of links. */
  public static final List<String> LINKS =
      List.of(
          "#open=find&text=a",
          "#open=person&who=alice",
          "#open=lab&lab=chem",
          "#open=queues&of=torque",
          "#open=queue&of=torque&queue=long",
          "#open=jobs&of=torque",
          "#open=jobs&of=silent",
          "#open=job&of=torque&job=987654.login1",
          "#open=nodes&of=torque",
          "#open=nodes&of=torque&shape=table",
          "#open=ops",
          "#open=fit&nodes=1&cores=4",
          "#open=tell&cores=16",
          "#open=changes&of=openpbs");

  private PagePlaces() {}

  /** The name of the place that a link opens. */
  public static String nameOf(String link) {
    return link.replaceFirst("#open=(\\w+).*", "$1");
  }

  /** Blocks until what the link opened has been answered. */
  public static void awaitOpen(Page page, String link) {
    page.waitForFunction(SETTLED, nameOf(link));
  }
}
