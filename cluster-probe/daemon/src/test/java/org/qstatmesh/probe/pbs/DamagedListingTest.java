package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;

/**
 * Listings with random damage, always the same by their seed: refused, or read into records that
 * make sense.
 */
@Timeout(240)
class DamagedListingTest {
  private static final int DAMAGED = 5_000;
  private static final long SEED = 20_261_122L;

  /** Keeps the large recordings fast; their beginning is like the rest. */
  private static final int LONGEST = 20_000;

  /** The end of a record, and with what its document goes on to the end. */
  private static final String[][] ENDS_OF_DOCUMENTS = {
    {"</Job>", "</Job></Data>\n"},
    {"\n    </element>\n", "\n    </element></djob_info></detailed_job_info>\n"}
  };

  private static final String[] SPLINTERS = {
    "|",
    "\\",
    "\n",
    "^\n",
    "=",
    "\n\n",
    "    ",
    "\t",
    "<",
    "</Data>",
    "<Job>",
    "&",
    "&#0;",
    "]]>",
    "<!DOCTYPE Data [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
    "0-9999999",
    "+",
    "/",
    "(",
    "99999999999999999999",
    "-1",
    "\0",
    "\u001b[2J",
    "[]",
    "Job Id: 1.x|",
    "Queue: q",
    "<tasks>1-9999999:1</tasks>",
    "<job_list>",
    "</Queue-List>",
    "<host name='global'>",
    ","
  };

  @Test
  void neverFailsInAnotherWay() throws Exception {
    List<Listing<?>> listings = new ArrayList<>();
    List<byte[]> texts = new ArrayList<>();
    for (Fixture fixture : Fixture.all()) {
      for (Listing<?> listing : fixture.listings()) {
        listings.add(listing);
        texts.add(shortened(fixture.bytes(listing)));
      }
    }
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < DAMAGED; i++) {
      int which = i % listings.size();
      byte[] damaged = damage(texts.get(which), random);
      refused += parses(listings.get(which), damaged, i) ? 0 : 1;
    }
    assertNotEquals(0, refused);
    assertNotEquals(DAMAGED, refused);
  }

  /** Up to the end of a record, with the end of the document. */
  private static byte[] shortened(byte[] text) {
    if (text.length <= LONGEST) {
      return text;
    }
    String beginning = new String(text, 0, LONGEST, StandardCharsets.ISO_8859_1);
    String whole = null;
    for (String[] end : ENDS_OF_DOCUMENTS) {
      int record = beginning.lastIndexOf(end[0]);
      whole = record >= 0 && whole == null ? beginning.substring(0, record) + end[1] : whole;
    }
    if (whole == null) {
      whole = beginning.substring(0, beginning.lastIndexOf('\n') + 1);
    }
    return whole.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean parses(Listing<?> listing, byte[] damaged, int number) throws IOException {
    try {
      Object records = Fixture.parse(listing, damaged, new Problems());
      if (records instanceof List<?> list) {
        list.forEach(record -> assertMakesSense(record, number));
      }
      return true;
    } catch (UnparsableException e) {
      return false;
    } catch (RuntimeException e) {
      return fail("damage " + number + " to " + listing.argv(), e);
    }
  }

  private static void assertMakesSense(Object record, int number) {
    if (record instanceof Job job) {
      assertNotEquals(JobState.FINISHED, job.jobState(), "damage " + number);
      assertTrue(job.taskCount() >= 1, "damage " + number);
      assertTrue(job.slots() == null || job.slots() >= 0, "damage " + number);
    } else if (record instanceof Node node) {
      assertTrue(node.freeSlots() >= 0 && node.usedSlots() >= 0, "damage " + number);
      assertTrue(node.slots() == null || node.freeSlots() <= node.slots(), "damage " + number);
    }
  }

  private static byte[] damage(byte[] text, Random random) {
    byte[] damaged = text;
    int wounds = 1 + random.nextInt(3);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(damaged.length + 1);
      int length = Math.min(random.nextInt(40), damaged.length - at);
      damaged =
          switch (random.nextInt(5)) {
            case 0 -> splice(damaged, at, length, new byte[0]);
            case 1 -> splice(damaged, at, 0, Arrays.copyOfRange(damaged, at, at + length));
            case 2 -> splice(damaged, at, Math.min(1, length), randomBytes(random, 1));
            case 3 -> splice(damaged, at, length, randomBytes(random, random.nextInt(8)));
            default -> splice(damaged, at, 0, splinter(random));
          };
    }
    return damaged;
  }

  private static byte[] splinter(Random random) {
    return SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] randomBytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] splice(byte[] text, int at, int removed, byte[] inserted) {
    byte[] spliced = new byte[text.length - removed + inserted.length];
    System.arraycopy(text, 0, spliced, 0, at);
    System.arraycopy(inserted, 0, spliced, at, inserted.length);
    System.arraycopy(text, at + removed, spliced, at + inserted.length, text.length - removed - at);
    return spliced;
  }
}
