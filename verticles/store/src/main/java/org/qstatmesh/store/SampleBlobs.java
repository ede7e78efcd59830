package org.qstatmesh.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;

/**
 * The lists of a summary as bytes. Every number is a varint, every text a number of the table
 * {@code word}, 0 for none; a bit of a mask says which numbers follow, those left out are 0.
 *
 * <ul>
 *   <li>use: word, mask, those of the six counts that are not 0, in the order of {@link Use}; lists
 *       of several samples can be put one behind the other
 *   <li>waiting: word, jobs, slots
 *   <li>queues: word, flags, running jobs, queued jobs, wallclock limit and slots limit if there is
 *       one. Flags: two bits enabled, two bits started (0 unknown, 1 no, 2 yes), one bit a limit
 * </ul>
 */
final class SampleBlobs {
  /** How many counts a {@link Use} has. */
  static final int USE_COUNTS = 6;

  private static final int WALLCLOCK_LIMIT = 1 << 4;
  private static final int SLOTS_LIMIT = 1 << 5;

  private SampleBlobs() {}

  /** Gives texts their numbers. */
  interface Numbers {
    int numberOf(WordKind kind, String word) throws SQLException;
  }

  /** Gives numbers their texts. */
  interface Words {
    String wordOf(WordKind kind, int number);
  }

  static byte[] use(List<Use> uses, WordKind kind, Numbers numbers) throws SQLException {
    VarintWriter out = new VarintWriter();
    int[] counts = new int[USE_COUNTS];
    for (Use use : uses) {
      counts[0] = use.runningJobs();
      counts[1] = use.runningSlots();
      counts[2] = use.runningGpus();
      counts[3] = use.queuedJobs();
      counts[4] = use.queuedSlots();
      counts[5] = use.heldJobs();
      out.put(numbers.numberOf(kind, use.key()));
      putCounts(out, counts);
    }
    return out.toBytes();
  }

  private static void putCounts(VarintWriter out, int[] counts) {
    int mask = 0;
    for (int i = 0; i < USE_COUNTS; i++) {
      mask |= counts[i] == 0 ? 0 : 1 << i;
    }
    out.put(mask);
    for (int count : counts) {
      if (count != 0) {
        out.put(count);
      }
    }
  }

  static List<Use> use(byte[] blob, WordKind kind, Words words) {
    List<Use> uses = new ArrayList<>();
    int[] counts = new int[USE_COUNTS];
    VarintReader in = new VarintReader(blob);
    while (in.hasMore()) {
      String key = words.wordOf(kind, in.getInt());
      getCounts(in, counts);
      uses.add(new Use(key, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]));
    }
    return uses;
  }

  /** Takes a key's count. */
  interface KeyCount {
    void accept(int key, int count);
  }

  /**
   * One count of every use that has it; a sample names a key once.
   *
   * @param uses of any number of samples
   * @param position among the six counts
   */
  static void forEachCount(byte[] uses, int position, KeyCount taker) {
    int[] counts = new int[USE_COUNTS];
    VarintReader in = new VarintReader(uses);
    while (in.hasMore()) {
      int key = in.getInt();
      getCounts(in, counts);
      if (counts[position] != 0) {
        taker.accept(key, counts[position]);
      }
    }
  }

  /** Fills {@code counts} from the mask and numbers at which {@code in} stands. */
  static void getCounts(VarintReader in, int[] counts) {
    int mask = in.getInt();
    for (int i = 0; i < USE_COUNTS; i++) {
      counts[i] = (mask & 1 << i) == 0 ? 0 : in.getInt();
    }
  }

  static byte[] waiting(List<Waiting> waiting, Numbers numbers) throws SQLException {
    VarintWriter out = new VarintWriter();
    for (Waiting one : waiting) {
      out.put(numbers.numberOf(WordKind.REASON, one.reason()));
      out.put(one.jobs());
      out.put(one.slots());
    }
    return out.toBytes();
  }

  static List<Waiting> waiting(byte[] blob, Words words) {
    List<Waiting> waiting = new ArrayList<>();
    VarintReader in = new VarintReader(blob);
    while (in.hasMore()) {
      String reason = words.wordOf(WordKind.REASON, in.getInt());
      waiting.add(new Waiting(reason, in.getInt(), in.getInt()));
    }
    return waiting;
  }

  static byte[] queues(List<QueueCount> queues, Numbers numbers) throws SQLException {
    VarintWriter out = new VarintWriter();
    for (QueueCount queue : queues) {
      Long wallclockLimit = queue.wallclockLimitSeconds();
      Integer slotsLimit = queue.slotsLimit();
      out.put(numbers.numberOf(WordKind.QUEUE, queue.queueName()));
      out.put(
          answer(queue.enabled())
              | answer(queue.started()) << 2
              | (wallclockLimit == null ? 0 : WALLCLOCK_LIMIT)
              | (slotsLimit == null ? 0 : SLOTS_LIMIT));
      out.put(queue.runningJobs());
      out.put(queue.queuedJobs());
      if (wallclockLimit != null) {
        out.put(wallclockLimit);
      }
      if (slotsLimit != null) {
        out.put(slotsLimit);
      }
    }
    return out.toBytes();
  }

  static List<QueueCount> queues(byte[] blob, Words words) {
    List<QueueCount> queues = new ArrayList<>();
    VarintReader in = new VarintReader(blob);
    while (in.hasMore()) {
      String name = words.wordOf(WordKind.QUEUE, in.getInt());
      int flags = in.getInt();
      int running = in.getInt();
      int queued = in.getInt();
      Long wallclockLimit = (flags & WALLCLOCK_LIMIT) == 0 ? null : in.getLong();
      Integer slotsLimit = (flags & SLOTS_LIMIT) == 0 ? null : in.getInt();
      queues.add(
          new QueueCount(
              name,
              answer(flags & 3),
              answer(flags >> 2 & 3),
              running,
              queued,
              wallclockLimit,
              slotsLimit));
    }
    return queues;
  }

  private static int answer(Boolean value) {
    if (value == null) {
      return 0;
    }
    return value ? 2 : 1;
  }

  static Boolean answer(int bits) {
    return bits == 0 ? null : Boolean.valueOf(bits == 2);
  }
}
