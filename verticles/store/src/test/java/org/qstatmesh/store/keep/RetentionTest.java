package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.write.Written;

/** What is old goes, by its step, and what is too old does not come in. */
@Timeout(120)
class RetentionTest extends KeptHistory {
  @Test
  void whatIsTooLateIsRefusedAndNotAcknowledged() throws Exception {
    clock.millis = START + 40 * DAY;
    SnapshotTaken now = taken("now", clock.millis - 2 * HOUR);
    assertEquals(1, writer.write(List.of(now)).stored());
    keep();
    SnapshotTaken old = taken("old", clock.millis - 31 * DAY);
    SnapshotTaken late = taken("late", clock.millis - 29 * DAY);

    Written written = writer.write(List.of(old, late));

    assertEquals(new Written(1, 0, List.of(old)), written);
    assertFalse(written.isOnDisk(old));
    assertTrue(written.isOnDisk(late));
  }

  @Test
  void whatIsOldGoesByItsStep() throws Exception {
    assertEquals(120, writer.write(minutes(120)).stored());
    clock.millis = START + 3 * HOUR;
    keep();
    assertEquals(2, starts(0));
    assertEquals(1, starts(300));
    assertEquals(1, starts(3_600));

    laterBy(30);
    assertEquals(2, starts(0), "a day longer than samples are accepted");
    laterBy(32);
    assertEquals(0, starts(0));
    assertEquals(1, starts(300));
    laterBy(729);
    assertEquals(1, count("SELECT count(*) FROM chunk WHERE part = 0 AND step_seconds = 300"));
    laterBy(732);
    assertEquals(0, starts(300));
    assertEquals(1, starts(3_600));
    assertEquals(12, users());
    laterBy(755);
    assertEquals(0, count("SELECT count(*) FROM chunk WHERE part = 0"));
    assertEquals(0, users(), "names that nothing names");
    assertTrue(writer.takeNamesDeleted(), "whoever reads would go on with them");
    assertFalse(writer.takeNamesDeleted());
    assertEquals(1, count("SELECT count(*) FROM chunk WHERE part = 1"), "groups stay");
    assertEquals(1, count("SELECT count(*) FROM chunk WHERE part = 10"), "a lab is no person");
    laterBy(20_000);
    assertEquals(1, starts(3_600));
  }

  private void laterBy(int days) throws Exception {
    clock.millis = START + days * DAY;
    writer.close();
    begin();
    keep();
  }

  @Test
  void aUserWhoComesBackIsKnownByName() throws Exception {
    assertEquals(1, writer.write(List.of(taken("first", START))).stored());
    clock.millis = START + 3 * HOUR;
    keep();
    clock.millis = START + 800 * DAY;
    writer.close();
    begin();
    ClusterSummary back = new Summaries(7, 12, 4).next("hpc1", "back", clock.millis);

    assertEquals(1, writer.write(List.of(new SnapshotTaken(back))).stored());
    keep();

    assertEquals(back.usage().user().size(), users());
  }

  @Test
  void aBacklogOfYearsGoesStraightToItsSteps() throws Exception {
    assertEquals(120, writer.write(minutes(120)).stored());
    clock.millis = START + 100 * DAY;

    keep();

    assertEquals(0, count("SELECT count(*) FROM live"));
    assertEquals(0, starts(0));
    assertEquals(1, starts(300));
    assertEquals(1, starts(3_600));
  }
}
