package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** The recorded listing as squeue prints it with the mark: whole, cut and damaged. */
@Timeout(120)
class MarkedListingTest {
  private static final int DAMAGED = 10_000;
  private static final long SEED = 20_261_122L;
  private static final String[] SPLINTERS = {
    "|",
    "\n",
    "\n1|1|1|",
    "PENDING|PD|",
    "_[0-9999999]",
    "[",
    "]",
    "...",
    "~",
    "\0",
    "\u001b[2J",
    "99999999999999999999",
    "-1",
    "K",
    "n[1-9999999]",
    "gres:gpu:99999999"
  };

  private final Fixture mixed = Fixture.of("slurm-22.05.8/mixed");
  private final Listing<List<Job>> listing = Fixture.jobsOf(mixed.adapter());
  private byte[] marked;

  @BeforeEach
  void mark() throws Exception {
    marked = mixed.bytes(listing);
  }

  @Test
  void givesTheSameJobs() throws Exception {
    Problems problems = new Problems();
    assertEquals(mixed.jobs(), Fixture.parse(listing, marked, problems));
    assertEquals(0, problems.count());
  }

  @Test
  void cutAtAnyByteItIsRefusedOrTheBeginningOfItself() throws Exception {
    List<Job> all = mixed.jobs();
    for (int length = 1; length < marked.length; length++) {
      byte[] cut = Arrays.copyOf(marked, length);
      if (marked[length - 1] == '\n') {
        List<Job> jobs = Fixture.parse(listing, cut, new Problems());
        int whole = Math.max(0, jobs.size() - 1);
        // the last one's name may have more lines
        assertEquals(all.subList(0, whole), jobs.subList(0, whole));
        assertEquals(all.get(whole).jobId(), jobs.get(whole).jobId());
      } else {
        assertThrows(
            UnparsableException.class,
            () -> Fixture.parse(listing, cut, new Problems()),
            () -> "cut after " + cut.length);
      }
    }
  }

  @Test
  void damagedItIsRefusedOrGivesJobsThatMakeSense() throws Exception {
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < DAMAGED; round++) {
      try {
        for (Job job : Fixture.parse(listing, damage(random), new Problems())) {
          assertNotEquals(JobState.FINISHED, job.jobState());
          assertTrue(job.taskCount() >= 1);
          assertTrue(job.slots() == null || job.slots() >= 0);
        }
      } catch (UnparsableException e) {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < DAMAGED, refused + " refused");
  }

  private byte[] damage(Random random) {
    StringBuilder text = new StringBuilder(new String(marked, StandardCharsets.ISO_8859_1));
    for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(40));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.setCharAt(at, (char) random.nextInt(256));
        default -> text.insert(at, SPLINTERS[random.nextInt(SPLINTERS.length)]);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
