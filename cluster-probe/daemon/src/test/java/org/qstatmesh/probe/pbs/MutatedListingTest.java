package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * Ten thousand injured listings for each parser, always the same by their seed: each is refused, or
 * read into records that make sense and can be encoded, in little time and memory.
 */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class MutatedListingTest {
  private static final int MUTATIONS = 10_000;
  private static final long SEED = 20_261_122L;
  private static final int LONGEST = 3_000;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** All that one parse may allocate, kept or not: listings here have some thousand bytes. */
  private static final long MOST_BYTES = 32 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The end of a record, and with what its document goes on to the end. */
  private static final String[][] ENDS_OF_DOCUMENTS = {
    {"</Job>", "</Job></Data>\n"},
    {"</Node>", "</Node></Data>\n"},
    {"\n    </element>\n", "\n    </element></djob_info></detailed_job_info>\n"},
    {"</Queue-List>", "</Queue-List></queue_info></job_info>\n"},
    {"</host>", "</host></qhost>\n"}
  };

  /** A listing and, byte by byte in Latin-1, a text for it. */
  private record Subject(Listing<?> listing, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static List<Arguments> parsers() throws Exception {
    Map<String, List<Subject>> subjects = new LinkedHashMap<>();
    for (Fixture fixture : Fixture.all()) {
      for (Listing<?> listing : fixture.listings()) {
        add(fixture, listing, fixture.bytes(listing), subjects);
      }
      Optional<Listing<JobDetail>> query = fixture.jobQuery();
      if (query.isPresent()) {
        add(fixture, query.get(), fixture.bytesOfJob(), subjects);
      }
    }
    return subjects.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void add(
      Fixture fixture, Listing<?> listing, byte[] bytes, Map<String, List<Subject>> subjects) {
    String parser = fixture.adapter().drms() + " " + listing.collector();
    String whole = new String(bytes, StandardCharsets.ISO_8859_1);
    // one server's facts, and showq's sums, are what they are only as a whole
    boolean isWhole = listing.collector().equals("server") || whole.contains("ACTIVE JOBS");
    subjects
        .computeIfAbsent(parser, unseen -> new ArrayList<>())
        .add(new Subject(listing, isWhole ? whole : shortened(whole)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parsers")
  void neverFailsInAnotherWay(String parser, List<Subject> subjects) {
    Mutations mutations = new Mutations(SEED);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Subject subject = subjects.get(i % subjects.size());
      byte[] other = subjects.get((i + 1) % subjects.size()).bytes();
      byte[] injured = mutations.of(subject.bytes(), other);
      refused += parses(subject.listing(), injured, parser + ", mutation " + i) ? 0 : 1;
    }
    assertNotEquals(MUTATIONS, refused, parser + " refuses everything");
    assertNotEquals(0, refused, parser + " refuses nothing");
  }

  private static boolean parses(Listing<?> listing, byte[] text, String which) {
    long self = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(self);
    long began = System.nanoTime();
    boolean read = reads(listing, text, which);
    long nanos = System.nanoTime() - began;
    long bytes = THREADS.getThreadAllocatedBytes(self) - allocated;
    assertTrue(nanos < LONGEST_NANOS, () -> which + " took " + nanos / 1_000_000 + " ms");
    assertTrue(bytes < MOST_BYTES, () -> which + " allocated " + bytes + " bytes");
    return read;
  }

  private static boolean reads(Listing<?> listing, byte[] text, String which) {
    try {
      Problems problems = new Problems();
      Object value = Fixture.parse(listing, text, problems);
      assertMakesSense(value, which);
      return problems.count() == 0;
    } catch (UnparsableException refused) {
      return false;
    } catch (Exception e) {
      return fail(which, e);
    }
  }

  private static void assertMakesSense(Object value, String which) {
    if (value instanceof List<?> records) {
      records.forEach(record -> assertMakesSense(record, which));
    } else if (value instanceof JobDetail detail) {
      assertMakesSense(detail.job(), which);
    } else if (value instanceof Job job) {
      assertNotEquals(JobState.FINISHED, job.jobState(), which);
      assertTrue(job.taskCount() >= 1, which);
      assertTrue(job.slots() == null || job.slots() >= 0, which);
      EncodedRecords.ofJobs().add(job);
    } else if (value instanceof Node node) {
      assertTrue(node.freeSlots() >= 0 && node.usedSlots() >= 0, which);
      assertTrue(node.slots() == null || node.freeSlots() <= node.slots(), which);
      EncodedRecords.ofNodes().add(node);
    } else if (value instanceof Queue queue) {
      EncodedRecords.ofQueues().add(queue);
    }
  }

  /** Up to the end of a record, with the end of the document. */
  private static String shortened(String whole) {
    if (whole.length() <= LONGEST) {
      return whole;
    }
    for (String[] end : ENDS_OF_DOCUMENTS) {
      int record = whole.indexOf(end[0], LONGEST / 2);
      if (record >= 0) {
        return whole.substring(0, record) + end[1];
      }
    }
    int line = whole.startsWith("Queue: ") ? whole.indexOf("\n\n") + 1 : 0;
    line = line > 0 ? line : whole.indexOf('\n', LONGEST / 2);
    return whole.substring(0, line + 1);
  }
}
