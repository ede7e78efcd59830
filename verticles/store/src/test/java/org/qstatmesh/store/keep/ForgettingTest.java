package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.write.SampleWriter;

/** Whoever is forgotten leaves what they used to nobody. */
@Timeout(120)
class ForgettingTest extends KeptHistory {
  @Test
  void whoIsForgottenLeavesTheirNumbersToNobody() throws Exception {
    List<SnapshotTaken> all = minutes(150);
    assertEquals(150, writer.write(all).stored());
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    keep();
    long total = userSlots();
    long nobody = userSlots(0);
    long numberOfUser = count("SELECT number FROM word WHERE kind = 0 AND word = 'user3'");
    long theirs = userSlots((int) numberOfUser);
    assertEquals(0, nobody);
    assertTrue(theirs > 0);

    assertThrows(SQLException.class, this::forgetWhileTheWriterFails);
    assertEquals(0, count("SELECT count(*) FROM word WHERE word = 'user3'"), "gone at once");
    writer.close();
    begin();
    keep();

    assertEquals(11, users(), "went on by itself");
    assertEquals(total, userSlots());
    assertEquals(theirs, userSlots(0));
    assertEquals(0, userSlots((int) numberOfUser));
    assertEquals(1, writer.write(List.of(taken("new", clock.millis))).stored());
    clock.millis = START + 4 * HOUR;
    keep();
    assertEquals(0, alarms.sentences().size());
  }

  /** Begins it, and loses the connection before the first chunk. */
  private void forgetWhileTheWriterFails() throws Exception {
    SampleWriter.Forgetting forgetting = writer.forget("user3");
    writer.close();
    forgetting.go(LONG);
  }

  @Test
  void forgettingIsAnsweredWithWhatWasDone() throws Exception {
    assertEquals(150, writer.write(minutes(150)).stored());
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    keep();

    var answer = writer.forget("user3").go(LONG);

    assertEquals(1, answer.clusters());
    assertEquals(4, answer.chunks());
    assertEquals(11, users());
    assertEquals(0, writer.forget("user3").go(LONG).clusters());
  }
}
