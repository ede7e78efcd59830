package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.broadcast.Samples.NOW;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;

@Timeout(10)
class RowBoardTest {
  private final RowBoard board = new RowBoard();

  @Test
  void rowsComeGoAndStay() {
    board.configure(List.of(Samples.cluster("a", 0), Samples.cluster("b", 1)));
    board.take(Samples.summary("a", "1", NOW), NOW);
    board.take(Samples.summary("b", "1", NOW), NOW);
    assertEquals(List.of("a", "b"), changed(NOW));

    board.configure(List.of(Samples.cluster("c", 0), Samples.cluster("b", 1)));
    assertEquals(List.of("c"), changed(NOW));
    assertEquals(
        List.of(
            new RowBoard.Entry("c", "Title of c", "UNKNOWN", 0, null),
            new RowBoard.Entry("b", "Title of b", "UP", 1, null)),
        board.overview(NOW));

    board.take(Samples.summary("a", "2", NOW + 1), NOW + 1);
    assertEquals(List.of(), changed(NOW + 1), "news of a cluster that is gone");
  }

  @Test
  void everyChangeHasALaterRevision() {
    board.configure(List.of(Samples.cluster("a", 0), Samples.cluster("b", 1)));
    long last = 0;
    for (int i = 0; i < 3; i++) {
      board.take(Samples.summary("a", "a" + i, NOW + i), NOW + i);
      board.take(Samples.summary("b", "b" + i, NOW + i), NOW + i);
      for (ClusterSummary row : board.changes(NOW + i)) {
        assertTrue(row.revision() > last);
        last = row.revision();
      }
    }
    assertEquals(6, last);
  }

  private List<String> changed(long now) {
    return board.changes(now).stream().map(ClusterSummary::cluster).toList();
  }
}
