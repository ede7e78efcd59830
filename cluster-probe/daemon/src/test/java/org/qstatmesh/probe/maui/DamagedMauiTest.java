package org.qstatmesh.probe.maui;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

/** Answers with random damage, always the same by their seed. */
@Timeout(240)
class DamagedMauiTest {
  private static final int DAMAGED = 10_000;
  private static final long SEED = 20_261_122L;
  private static final String ID = "42.login1.cluster.example";
  private static final String[] SPLINTERS = {
    "\n",
    "\n\n",
    "\0",
    "\u001b[2J",
    "(",
    ")",
    "'",
    ":",
    "-1",
    "99999999999999999999",
    "[",
    "]",
    "Total Jobs: 99999999999\n",
    "\nBLOCKED JOBS-----\n",
    "\nIDLE JOBS---\n",
    "JobName User Reason\n",
    "NOTE:  output truncated",
    "Holds: ",
    "Reservation '1' (9999999999:00 -> ",
    "Reason:",
    "    "
  };

  @ParameterizedTest
  @CsvSource({"showq.out", "showq-b.out", "checkjob-v-42.out", "checkjob-v-54.out"})
  void neverFailsInAnotherWay(String file) throws Exception {
    byte[] whole = shortened(MauiFixture.text(file)).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < DAMAGED; i++) {
      refused += reads(file, damage(whole, random), i) ? 0 : 1;
    }
    assertNotEquals(0, refused);
    assertNotEquals(DAMAGED, refused);
  }

  /** Without most of the tasks of the large array, which are like each other. */
  private static String shortened(String text) {
    return text.replaceAll("(?m)^ *51\\[\\d\\d+\\].*\n", "")
        .replaceAll("Total Jobs: 163", "Total Jobs: 72");
  }

  private static boolean reads(String file, byte[] damaged, int number) throws Exception {
    Job job = Job.builder(ID, "bob", JobState.QUEUED).submissionTimeEpochSeconds(1L).build();
    try {
      if (file.startsWith("showq")) {
        UnaryOperator<Job> waiting = parse(Maui.queue(), damaged);
        assertTrue(job.equals(waiting.apply(job).toBuilder().reason(null).build()));
      } else {
        String id = MauiFixture.idOf(file);
        JobDetail known = new JobDetail(job, null, "");
        JobDetail detail = parse(Maui.job(id), damaged).apply(known);
        Long start = detail.job().expectedStartEpochSeconds();
        assertTrue(start == null || start > 0, "damage " + number);
        assertTrue(detail.text().length() < 10_000);
      }
      return true;
    } catch (UnparsableException refused) {
      return false;
    } catch (RuntimeException escaped) {
      return fail("damage " + number + " to " + file, escaped);
    }
  }

  private static <T> T parse(Listing<T> listing, byte[] text) throws Exception {
    return Fixture.parse(listing, text, new Problems());
  }

  private static byte[] damage(byte[] text, Random random) {
    byte[] damaged = text;
    int wounds = 1 + random.nextInt(3);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(damaged.length + 1);
      int removed = random.nextBoolean() ? Math.min(random.nextInt(60), damaged.length - at) : 0;
      byte[] inserted =
          random.nextBoolean()
              ? SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8)
              : new byte[] {(byte) random.nextInt(256)};
      byte[] next = new byte[damaged.length - removed + inserted.length];
      System.arraycopy(damaged, 0, next, 0, at);
      System.arraycopy(inserted, 0, next, at, inserted.length);
      System.arraycopy(
          damaged, at + removed, next, at + inserted.length, damaged.length - at - removed);
      damaged = next;
    }
    return damaged;
  }
}
