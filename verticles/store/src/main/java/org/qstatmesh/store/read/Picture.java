package org.qstatmesh.store.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.word.About;
import org.qstatmesh.store.word.WordKind;

/**
 * One point of a cluster's history: a row, or taken out of its chunks.
 *
 * @param observedAtMillis when it was true; of a step its end, because of every value it has the
 *     last
 * @param head what a sample holds besides numbers; null of a step
 * @param asListed whether lists are in the order of the summary; else they are to be sorted
 * @param values of every known part key, measures, key, measures, …
 */
record Picture(long observedAtMillis, Head head, boolean asListed, Map<Part, long[]> values) {
  private static final Comparator<Use> BY_RUNNING_SLOTS =
      Comparator.comparingInt(Use::runningSlots)
          .reversed()
          .thenComparing(Use::key, Comparator.nullsLast(Comparator.naturalOrder()));

  private static final Comparator<Waiting> MOST_TASKS_FIRST =
      Comparator.comparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::slots)
          .reversed()
          .thenComparing(Waiting::reason, Comparator.nullsLast(Comparator.naturalOrder()));

  /** Gives numbers their texts. */
  interface Words {
    String wordOf(WordKind kind, int number);
  }

  static Picture ofRow(RowSample row) {
    return new Picture(row.observedAtEpochMillis(), row.head(), true, row.values());
  }

  /**
   * A sample.
   *
   * @param heads of the hour's samples
   * @param index of the sample among them
   */
  static Picture ofSample(
      long observedAtMillis, List<Head> heads, int index, Map<Part, ChunkReader> chunks) {
    Head head = heads.get(index);
    Map<Part, long[]> values = new EnumMap<>(Part.class);
    for (Part part : chunks.keySet()) {
      ChunkReader chunk = chunks.get(part);
      List<Head> points =
          part == Part.HEAD ? heads : heads.stream().filter(one -> one.knows(part)).toList();
      if (head.knows(part) && chunk.points() == points.size()) {
        int point =
            part == Part.HEAD
                ? index
                : (int) heads.subList(0, index).stream().filter(one -> one.knows(part)).count();
        values.put(part, valuesAt(point, part, chunk));
      }
    }
    return new Picture(observedAtMillis, head, false, values);
  }

  /**
   * A step.
   *
   * @param offsetMillis its start, from that of its chunk
   */
  static Picture ofStep(long observedAtMillis, long offsetMillis, Map<Part, ChunkReader> chunks) {
    Map<Part, long[]> values = new EnumMap<>(Part.class);
    for (Part part : chunks.keySet()) {
      ChunkReader chunk = chunks.get(part);
      for (int point = 0; point < chunk.points(); point++) {
        if (chunk.offsetMillis(point) == offsetMillis) {
          values.put(part, valuesAt(point, part, chunk));
        }
      }
    }
    return new Picture(observedAtMillis, null, false, values);
  }

  private static long[] valuesAt(int point, Part part, ChunkReader chunk) {
    int width = 1 + part.measures();
    Map<Integer, long[]> keys = new TreeMap<>();
    for (int m = 0; m < part.measures(); m++) {
      int measure = m;
      chunk.forEachMean(
          measure,
          (key, last, sum) -> {
            if (last[point] != 0) {
              keys.computeIfAbsent(key, k -> new long[width])[1 + measure] = last[point];
            }
          });
    }
    long[] values = new long[keys.size() * width];
    int at = 0;
    for (Map.Entry<Integer, long[]> entry : keys.entrySet()) {
      entry.getValue()[0] = entry.getKey();
      System.arraycopy(entry.getValue(), 0, values, at, width);
      at += width;
    }
    return values;
  }

  /** As a summary; what a step does not keep is empty (snapshot id) or null. */
  ClusterSummary summary(String cluster, About about, Words words) {
    boolean isStep = head == null;
    return new ClusterSummary(
        cluster,
        about.title(),
        about.drms(),
        about.drmsVersion(),
        about.serverName(),
        about.visibility(),
        ClusterStatus.UP,
        isStep || head.failure() == null ? null : failure(head.failure()),
        0,
        isStep ? "" : head.snapshotId(),
        observedAtMillis,
        observedAtMillis + (isStep ? 0 : head.receivedAfterMillis()),
        about.staleAfterMillis(),
        one(Part.JOBS, v -> new Jobs(v[0], v[1], v[2], v[3], v[4])),
        one(Part.SLOTS, v -> new Slots(v[0], v[1], v[2], v[3], v[4])),
        one(Part.GPUS, v -> new Gpus(v[0], v[1])),
        one(Part.NODES, v -> new Nodes(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])),
        usage(words),
        waiting(words),
        list(Part.HEAD, (key, v) -> queue(words.wordOf(WordKind.QUEUE, key), v)));
  }

  private static Failure failure(String json) {
    return MeshJson.decode(json.getBytes(StandardCharsets.UTF_8), Failure.class);
  }

  private interface Counts<T> {
    T of(int[] values);
  }

  private <T> T one(Part part, Counts<T> counts) {
    long[] known = values.get(part);
    return known == null ? null : counts.of(ints(single(part, known)));
  }

  /** Of chunks there is nothing when all of it is 0. */
  private static long[] single(Part part, long[] known) {
    return known.length == 0
        ? new long[part.measures()]
        : Arrays.copyOfRange(known, 1, 1 + part.measures());
  }

  private static int[] ints(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  private <T> List<T> list(Part part, BiFunction<Integer, long[], T> element) {
    long[] known = values.get(part);
    if (known == null) {
      return null;
    }
    List<T> list = new ArrayList<>();
    int width = 1 + part.measures();
    for (int at = 0; at < known.length; at += width) {
      long[] measures = Arrays.copyOfRange(known, at + 1, at + width);
      list.add(element.apply((int) known[at], measures));
    }
    return list;
  }

  /** Persons are kept for less long than the rest: without them their list is empty. */
  private Usage usage(Words words) {
    List<Use> user = uses(Part.USER, WordKind.USER, words);
    List<Use> group = uses(Part.GROUP, WordKind.GROUP, words);
    List<Use> account = uses(Part.ACCOUNT, WordKind.ACCOUNT, words);
    List<Use> queue = uses(Part.QUEUE, WordKind.QUEUE, words);
    return user == null && group == null && account == null && queue == null
        ? null
        : new Usage(
            orEmpty(user),
            orEmpty(group),
            orEmpty(account),
            orEmpty(queue),
            uses(Part.LAB, WordKind.LAB, (kind, key) -> key == 0 ? "" : words.wordOf(kind, key)));
  }

  private static List<Use> orEmpty(List<Use> uses) {
    return uses == null ? List.of() : uses;
  }

  private List<Use> uses(Part part, WordKind kind, Words words) {
    List<Use> uses = list(part, (key, v) -> use(words.wordOf(kind, key), ints(v)));
    if (uses != null && !asListed) {
      uses.sort(BY_RUNNING_SLOTS);
    }
    return uses;
  }

  private static Use use(String key, int[] v) {
    return new Use(key, v[0], v[1], v[2], v[3], v[4], v[5]);
  }

  private List<Waiting> waiting(Words words) {
    List<Waiting> waiting =
        list(
            Part.REASON,
            (key, v) -> new Waiting(words.wordOf(WordKind.REASON, key), (int) v[0], (int) v[1]));
    if (waiting != null && !asListed) {
      waiting.sort(MOST_TASKS_FIRST);
    }
    return waiting;
  }

  /** Flags and limits are kept plus one. */
  private static QueueCount queue(String name, long[] v) {
    int flags = (int) v[0] - 1;
    return new QueueCount(
        name,
        answer(flags & 3),
        answer(flags >> 2 & 3),
        (int) v[1],
        (int) v[2],
        v[3] == 0 ? null : v[3] - 1,
        v[4] == 0 ? null : (int) (v[4] - 1));
  }

  private static Boolean answer(int bits) {
    return bits == 0 ? null : Boolean.valueOf(bits == 2);
  }
}
