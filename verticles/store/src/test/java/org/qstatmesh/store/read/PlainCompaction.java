package org.qstatmesh.store.read;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.word.About;
import org.qstatmesh.store.word.WordKind;

/** Makes chunks of samples as plainly as can be: what questions must be able to read. */
public final class PlainCompaction {
  private static final long HOUR = 3_600;

  private final Connection connection;
  private final List<Integer> stepsSeconds;
  private final Map<String, Integer> words = new HashMap<>();
  private final IdentityHashMap<ClusterSummary, Map<Part, Map<Integer, long[]>>> known =
      new IdentityHashMap<>();

  public PlainCompaction(Connection connection, List<Integer> stepsSeconds) {
    this.connection = connection;
    this.stepsSeconds = stepsSeconds;
  }

  /** Everything of a cluster that is older than a full hour. */
  public void compact(String cluster, List<ClusterSummary> samples, long untilMillis)
      throws SQLException {
    connection.setAutoCommit(false);
    int number = number("SELECT cluster_number FROM cluster WHERE cluster = ?", cluster);
    List<ClusterSummary> closed =
        samples.stream()
            .filter(s -> s.cluster().equals(cluster) && s.observedAtEpochMillis() < untilMillis)
            .sorted(
                Comparator.comparing(ClusterSummary::observedAtEpochMillis)
                    .thenComparing(ClusterSummary::snapshotId))
            .toList();
    run("DELETE FROM chunk WHERE cluster_number = ?", number);
    for (Part part : Part.values()) {
      for (var hour : spans(closed, HOUR).entrySet()) {
        put(number, part, 0, hour.getKey(), raw(number, part, hour.getValue(), hour.getKey()));
      }
      for (int step : part == Part.HEAD ? List.<Integer>of() : stepsSeconds) {
        for (var span : spans(closed, step * 240L).entrySet()) {
          put(
              number,
              part,
              step,
              span.getKey(),
              steps(number, part, span.getValue(), span.getKey(), step));
        }
      }
    }
    run(
        "DELETE FROM live WHERE cluster_number = ? AND observed_at_epoch_millis < ?",
        number,
        untilMillis);
    run("DELETE FROM compacted WHERE cluster_number = ?", number);
    run("INSERT INTO compacted VALUES (?, ?)", number, untilMillis / 1_000);
    connection.setAutoCommit(true);
  }

  private static Map<Long, List<ClusterSummary>> spans(List<ClusterSummary> samples, long seconds) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                s -> s.observedAtEpochMillis() / 1_000 / seconds * seconds,
                TreeMap::new,
                Collectors.toList()));
  }

  private byte[] raw(int cluster, Part part, List<ClusterSummary> samples, long start)
      throws SQLException {
    ChunkWriter writer = ChunkWriter.raw(part);
    int points = 0;
    List<Head> heads = new ArrayList<>();
    for (ClusterSummary sample : samples) {
      Map<Integer, long[]> values = values(cluster, part, sample);
      if (values != null || part == Part.HEAD) {
        writer.point(sample.observedAtEpochMillis() - start * 1_000, 1);
        points++;
      }
      if (part == Part.HEAD) {
        heads.add(head(cluster, sample));
      }
      for (var entry : values == null ? Map.<Integer, long[]>of().entrySet() : values.entrySet()) {
        for (int m = 0; m < entry.getValue().length; m++) {
          writer.put(entry.getKey(), m, entry.getValue()[m]);
        }
      }
    }
    if (part != Part.HEAD) {
      return points == 0 ? null : writer.toBytes();
    }
    ChunkEncoder encoder = writer.toEncoder();
    Heads.put(encoder, heads);
    return encoder.toBytes(ChunkEncoder.THOROUGH);
  }

  private Head head(int cluster, ClusterSummary sample) throws SQLException {
    List<Part> known = new ArrayList<>();
    for (Part part : Part.values()) {
      if (values(cluster, part, sample) != null) {
        known.add(part);
      }
    }
    return new Head(
        sample.snapshotId(),
        sample.receivedAtEpochMillis() - sample.observedAtEpochMillis(),
        number(
            "SELECT about_number FROM about WHERE cluster_number = ? AND about = ?",
            cluster,
            About.of(sample).toJson()),
        sample.failure() == null
            ? null
            : new String(MeshJson.encode(sample.failure()), StandardCharsets.UTF_8),
        false,
        Head.bitsOf(known));
  }

  private byte[] steps(int cluster, Part part, List<ClusterSummary> samples, long start, int step)
      throws SQLException {
    ChunkWriter writer = ChunkWriter.steps(part);
    int points = 0;
    for (var entry : spans(samples, step).entrySet()) {
      List<Map<Integer, long[]>> known = new ArrayList<>();
      TreeSet<Integer> keys = new TreeSet<>();
      for (ClusterSummary sample : entry.getValue()) {
        Map<Integer, long[]> values = values(cluster, part, sample);
        if (values != null) {
          known.add(values);
          keys.addAll(values.keySet());
        }
      }
      if (known.isEmpty()) {
        continue;
      }
      points++;
      writer.point((entry.getKey() - start) * 1_000, known.size());
      for (int key : keys) {
        for (int m = 0; m < part.measures(); m++) {
          int measure = m;
          long[] all =
              known.stream().mapToLong(v -> v.containsKey(key) ? v.get(key)[measure] : 0).toArray();
          long[] sorted = all.clone();
          java.util.Arrays.sort(sorted);
          long sum = java.util.Arrays.stream(all).sum();
          writer.put(key, m, all[all.length - 1], sum, sorted[0], sorted[sorted.length - 1]);
        }
      }
    }
    return points == 0 ? null : writer.toBytes();
  }

  /** By key; null when the sample does not know the part. */
  private Map<Integer, long[]> values(int cluster, Part part, ClusterSummary s)
      throws SQLException {
    Map<Part, Map<Integer, long[]>> parts = known.get(s);
    if (parts == null) {
      parts = new EnumMap<>(Part.class);
      for (Part one : Part.values()) {
        parts.put(one, read(cluster, one, s));
      }
      known.put(s, parts);
    }
    return parts.get(part);
  }

  private Map<Integer, long[]> read(int cluster, Part part, ClusterSummary s) throws SQLException {
    return switch (part) {
      case USER -> s.usage() == null ? null : uses(cluster, WordKind.USER, s.usage().user());
      case GROUP -> s.usage() == null ? null : uses(cluster, WordKind.GROUP, s.usage().group());
      case ACCOUNT ->
          s.usage() == null ? null : uses(cluster, WordKind.ACCOUNT, s.usage().account());
      case QUEUE -> s.usage() == null ? null : uses(cluster, WordKind.QUEUE, s.usage().queue());
      case REASON -> waiting(cluster, s);
      case SLOTS ->
          s.slots() == null
              ? null
              : one(
                  s.slots().total(),
                  s.slots().used(),
                  s.slots().free(),
                  s.slots().unavailable(),
                  s.slots().largestFreeOnOneNode());
      case JOBS ->
          s.jobs() == null
              ? null
              : one(
                  s.jobs().running(),
                  s.jobs().queued(),
                  s.jobs().held(),
                  s.jobs().suspended(),
                  s.jobs().undetermined());
      case NODES ->
          s.nodes() == null
              ? null
              : one(
                  s.nodes().total(),
                  s.nodes().free(),
                  s.nodes().partial(),
                  s.nodes().full(),
                  s.nodes().draining(),
                  s.nodes().offline(),
                  s.nodes().down(),
                  s.nodes().unknown());
      case GPUS -> s.gpus() == null ? null : one(s.gpus().total(), s.gpus().used());
      case HEAD -> queues(cluster, s);
      case LAB ->
          s.usage() == null || s.usage().lab() == null
              ? null
              : uses(cluster, WordKind.LAB, s.usage().lab());
    };
  }

  private static Map<Integer, long[]> one(long... values) {
    return Map.of(0, values);
  }

  private Map<Integer, long[]> uses(int cluster, WordKind kind, List<Use> uses)
      throws SQLException {
    Map<Integer, long[]> values = new LinkedHashMap<>();
    for (Use use : uses) {
      values.put(
          word(cluster, kind, use.key().isEmpty() ? null : use.key()),
          new long[] {
            use.runningJobs(),
            use.runningSlots(),
            use.runningGpus(),
            use.queuedJobs(),
            use.queuedSlots(),
            use.heldJobs()
          });
    }
    return values;
  }

  private Map<Integer, long[]> waiting(int cluster, ClusterSummary s) throws SQLException {
    if (s.waiting() == null) {
      return null;
    }
    Map<Integer, long[]> values = new LinkedHashMap<>();
    for (var one : s.waiting()) {
      values.put(
          word(cluster, WordKind.REASON, one.reason()), new long[] {one.jobs(), one.slots()});
    }
    return values;
  }

  private Map<Integer, long[]> queues(int cluster, ClusterSummary s) throws SQLException {
    if (s.queues() == null) {
      return null;
    }
    Map<Integer, long[]> values = new LinkedHashMap<>();
    for (var one : s.queues()) {
      values.put(
          word(cluster, WordKind.QUEUE, one.queueName()),
          new long[] {
            1 + bits(one.enabled()) + 4 * bits(one.started()),
            one.runningJobs(),
            one.queuedJobs(),
            one.wallclockLimitSeconds() == null ? 0 : one.wallclockLimitSeconds() + 1,
            one.slotsLimit() == null ? 0 : one.slotsLimit() + 1
          });
    }
    return values;
  }

  private static int bits(Boolean value) {
    return value == null ? 0 : value ? 2 : 1;
  }

  private int word(int cluster, WordKind kind, String word) throws SQLException {
    String name = cluster + "/" + kind + "/" + word;
    if (word != null && !words.containsKey(name)) {
      words.put(
          name,
          number(
              "SELECT number FROM word WHERE cluster_number = ? AND kind = ? AND word = ?",
              cluster,
              kind.code(),
              word));
    }
    return word == null ? 0 : words.get(name);
  }

  private void put(int cluster, Part part, int step, long start, byte[] body) throws SQLException {
    if (body != null) {
      run(
          "INSERT INTO chunk (cluster_number, part, step_seconds, start_epoch_seconds, body)"
              + " VALUES (?, ?, ?, ?, ?)",
          cluster,
          part.code(),
          step,
          start,
          body);
    }
  }

  void run(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  private int number(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new AssertionError("not stored: " + List.of(parameters));
        }
        return found.getInt(1);
      }
    }
  }
}
