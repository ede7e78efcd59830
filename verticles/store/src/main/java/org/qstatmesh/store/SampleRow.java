package org.qstatmesh.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.SampleBlobs.Numbers;
import org.qstatmesh.store.SampleBlobs.Words;

/**
 * A summary as a row of the table {@code sample}, both ways. Nothing of it is left out but what
 * broadcast makes of it anew: {@code status} is read back as UP, {@code revision} as 0.
 */
final class SampleRow {
  /** Columns in the order of {@link #values} and {@link #summary}. */
  static final List<String> COLUMNS =
      List.of(
          "cluster_number",
          "about_number",
          "snapshot_id",
          "observed_at_epoch_millis",
          "received_at_epoch_millis",
          "failure",
          "jobs_running",
          "jobs_queued",
          "jobs_held",
          "jobs_suspended",
          "jobs_undetermined",
          "slots_total",
          "slots_used",
          "slots_free",
          "slots_unavailable",
          "slots_largest_free",
          "gpus_total",
          "gpus_used",
          "nodes_total",
          "nodes_free",
          "nodes_partial",
          "nodes_full",
          "nodes_draining",
          "nodes_offline",
          "nodes_down",
          "nodes_unknown",
          "user_use",
          "group_use",
          "account_use",
          "queue_use",
          "waiting",
          "queues",
          "backfilled");

  private static final List<WordKind> USE_KINDS =
      List.of(WordKind.USER, WordKind.GROUP, WordKind.ACCOUNT, WordKind.QUEUE);

  private SampleRow() {}

  /** Values for {@link #COLUMNS}: Integer, Long, String, byte[] or null. */
  static List<Object> values(
      int clusterNumber, int aboutNumber, SnapshotTaken taken, Numbers numbers)
      throws SQLException {
    ClusterSummary summary = Observed.of(taken);
    List<Object> values = new ArrayList<>(COLUMNS.size());
    Collections.addAll(
        values,
        clusterNumber,
        aboutNumber,
        summary.snapshotId(),
        summary.observedAtEpochMillis(),
        summary.receivedAtEpochMillis(),
        summary.failure() == null ? null : json(summary.failure()));
    addCounts(values, summary);
    Usage usage = summary.usage();
    for (WordKind kind : USE_KINDS) {
      values.add(usage == null ? null : SampleBlobs.use(uses(usage, kind), kind, numbers));
    }
    values.add(summary.waiting() == null ? null : SampleBlobs.waiting(summary.waiting(), numbers));
    values.add(summary.queues() == null ? null : SampleBlobs.queues(summary.queues(), numbers));
    values.add(taken.backfilled() ? 1 : 0);
    return values;
  }

  private static List<Use> uses(Usage usage, WordKind kind) {
    return switch (kind) {
      case USER -> usage.user();
      case GROUP -> usage.group();
      case ACCOUNT -> usage.account();
      case QUEUE -> usage.queue();
      case REASON -> throw new IllegalArgumentException("nobody uses a reason");
    };
  }

  private static void addCounts(List<Object> values, ClusterSummary summary) {
    Jobs jobs = summary.jobs();
    addOrNulls(
        values,
        jobs,
        5,
        j -> List.of(j.running(), j.queued(), j.held(), j.suspended(), j.undetermined()));
    Slots slots = summary.slots();
    addOrNulls(
        values,
        slots,
        5,
        s -> List.of(s.total(), s.used(), s.free(), s.unavailable(), s.largestFreeOnOneNode()));
    addOrNulls(values, summary.gpus(), 2, g -> List.of(g.total(), g.used()));
    addOrNulls(
        values,
        summary.nodes(),
        8,
        n ->
            List.of(
                n.total(),
                n.free(),
                n.partial(),
                n.full(),
                n.draining(),
                n.offline(),
                n.down(),
                n.unknown()));
  }

  private static <T> void addOrNulls(
      List<Object> values, T part, int size, Function<T, List<Integer>> counts) {
    values.addAll(part == null ? Collections.nCopies(size, null) : counts.apply(part));
  }

  /**
   * The summary in a row of {@link #COLUMNS}.
   *
   * @param cluster id of the row's cluster
   * @param about what the row's {@code about_number} stands for
   */
  static ClusterSummary summary(Row row, String cluster, About about, Words words) {
    return new ClusterSummary(
        cluster,
        about.title(),
        about.drms(),
        about.drmsVersion(),
        about.serverName(),
        about.visibility(),
        ClusterStatus.UP,
        failure(row),
        0,
        row.getString("snapshot_id"),
        row.getLong("observed_at_epoch_millis"),
        row.getLong("received_at_epoch_millis"),
        about.staleAfterMillis(),
        jobs(row),
        slots(row),
        gpus(row),
        nodes(row),
        usage(row, words),
        list(row, "waiting", blob -> SampleBlobs.waiting(blob, words)),
        list(row, "queues", blob -> SampleBlobs.queues(blob, words)));
  }

  private static Failure failure(Row row) {
    String json = row.getString("failure");
    return json == null
        ? null
        : MeshJson.decode(json.getBytes(StandardCharsets.UTF_8), Failure.class);
  }

  private static Jobs jobs(Row row) {
    return row.getInteger("jobs_running") == null
        ? null
        : new Jobs(
            row.getInteger("jobs_running"),
            row.getInteger("jobs_queued"),
            row.getInteger("jobs_held"),
            row.getInteger("jobs_suspended"),
            row.getInteger("jobs_undetermined"));
  }

  private static Slots slots(Row row) {
    return row.getInteger("slots_total") == null
        ? null
        : new Slots(
            row.getInteger("slots_total"),
            row.getInteger("slots_used"),
            row.getInteger("slots_free"),
            row.getInteger("slots_unavailable"),
            row.getInteger("slots_largest_free"));
  }

  private static Gpus gpus(Row row) {
    return row.getInteger("gpus_total") == null
        ? null
        : new Gpus(row.getInteger("gpus_total"), row.getInteger("gpus_used"));
  }

  private static Nodes nodes(Row row) {
    return row.getInteger("nodes_total") == null
        ? null
        : new Nodes(
            row.getInteger("nodes_total"),
            row.getInteger("nodes_free"),
            row.getInteger("nodes_partial"),
            row.getInteger("nodes_full"),
            row.getInteger("nodes_draining"),
            row.getInteger("nodes_offline"),
            row.getInteger("nodes_down"),
            row.getInteger("nodes_unknown"));
  }

  private static Usage usage(Row row, Words words) {
    return row.getValue("user_use") == null
        ? null
        : new Usage(
            use(row, "user_use", WordKind.USER, words),
            use(row, "group_use", WordKind.GROUP, words),
            use(row, "account_use", WordKind.ACCOUNT, words),
            use(row, "queue_use", WordKind.QUEUE, words));
  }

  private static List<Use> use(Row row, String column, WordKind kind, Words words) {
    return SampleBlobs.use(row.getBuffer(column).getBytes(), kind, words);
  }

  private static <T> List<T> list(Row row, String column, Function<byte[], List<T>> decode) {
    Buffer blob = row.getBuffer(column);
    return blob == null ? null : decode.apply(blob.getBytes());
  }

  private static String json(Object record) {
    return new String(MeshJson.encode(record), StandardCharsets.UTF_8);
  }
}
