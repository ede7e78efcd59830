package org.qstatmesh.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.year.HardCluster;
import org.qstatmesh.it.year.Values;
import org.qstatmesh.it.year.YearCluster;
import org.qstatmesh.store.HistoryFeeder;
import org.qstatmesh.store.StoreConfig;

/** What a long history takes on disk and to write, and how soon it is drawn. */
final class History implements Benchmark {
  private static final String DAYS = "QSTAT_MESH_BENCH_DAYS";
  private static final int CLUSTERS = 20;
  private static final int DAY_HOURS = 24;
  private static final int DAY_MINUTES = 1_440;
  private static final int HOUR_MINUTES = 60;
  private static final int RAW_DAYS = 30;
  private static final int ROWS_DAYS = 2;
  private static final int NAIVE_DAYS = 14;
  private static final int HARD_DAYS = 7;
  private static final int HARD_CLUSTERS = 4;
  private static final int ROUNDS = 600;

  /** So that old hours are deleted as days go by. */
  private static final int REOPEN_DAYS = 5;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final double MEGABYTE = 1e6;

  /** Asked: neither the smallest nor the largest. */
  private static final String ASKED = "hpc10";

  @Override
  public String explanation() {
    return "20 generated clusters of 60 users, a summary a minute, for "
        + days()
        + " days (a year: "
        + DAYS
        + "=365), through the store's writer: bytes of the file per value that is not 0, as rows, after hours were"
        + " put together, and of a naive table of 14 days of one cluster; the same of series that are hard to pack;"
        + " CPU of a round of 20 clusters with its own commit, in memory (no fsync) and on disk; cores by user of one"
        + " cluster, 600 points, over the websocket: cold = new process once it is idle, file not in memory";
  }

  private static int days() {
    return Integer.parseInt(System.getenv().getOrDefault(DAYS, "40"));
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    long now = System.currentTimeMillis() / 60_000;
    long end = now - now % HOUR_MINUTES;
    rows(directory.resolve("rows"), end, figures);
    hard(directory.resolve("hard"), end, figures);
    double naive = naive(directory.resolve("naive.db"), end, figures);
    rounds("memory", Path.of("/dev/shm"), end, figures);
    rounds("disk", directory, end, figures);
    year(directory, end, naive, figures);
  }

  private static List<Supplier<ClusterSummary>> clusters(long firstMinute) {
    return IntStream.range(0, CLUSTERS)
        .mapToObj(number -> YearCluster.inUse(number, firstMinute))
        .<Supplier<ClusterSummary>>map(cluster -> cluster::next)
        .toList();
  }

  private static StoreConfig config(Path data) {
    return new StoreConfig("bench", "jdbc:sqlite:qstat-mesh.db", data);
  }

  private static void rows(Path data, long end, Figures figures) throws Exception {
    long first = end - ROWS_DAYS * DAY_MINUTES;
    try (HistoryFeeder feeder = new HistoryFeeder(config(data), first, clusters(first))) {
      feeder.feedRowsOnly(ROWS_DAYS * DAY_HOURS);
      figures.print("rows", (double) feeder.fileBytes() / feeder.values(), "bytes/value");
    }
  }

  private static void hard(Path data, long end, Figures figures) throws Exception {
    long first = end - HARD_DAYS * DAY_MINUTES;
    try (HistoryFeeder feeder = new HistoryFeeder(config(data), first, hardClusters(first))) {
      feeder.feedRowsOnly(DAY_HOURS);
      figures.print("hard.rows", (double) feeder.fileBytes() / feeder.values(), "bytes/value");
    }
    Path kept = data.resolveSibling("hard-kept");
    try (HistoryFeeder feeder = new HistoryFeeder(config(kept), first, hardClusters(first))) {
      feeder.feed(HARD_DAYS * DAY_HOURS);
      printKept("hard.kept", feeder, figures);
    }
  }

  private static List<Supplier<ClusterSummary>> hardClusters(long firstMinute) {
    return IntStream.range(0, HARD_CLUSTERS)
        .mapToObj(number -> new HardCluster(number, firstMinute))
        .<Supplier<ClusterSummary>>map(cluster -> cluster::next)
        .toList();
  }

  /** The whole file, and what of it are the samples and the longer steps. */
  private static void printKept(String name, HistoryFeeder feeder, Figures figures)
      throws Exception {
    double values = feeder.values();
    figures.print(name, feeder.fileBytes() / values, "bytes/value");
    for (Map.Entry<Integer, Long> step : feeder.chunkBytes().entrySet()) {
      figures.print(
          name + ".step-" + step.getKey() + "-s", step.getValue() / values, "bytes/value");
    }
  }

  /** Bytes of a value. */
  private static double naive(Path file, long end, Figures figures) throws Exception {
    long first = end - NAIVE_DAYS * DAY_MINUTES;
    YearCluster cluster = YearCluster.inUse(CLUSTERS / 2, first);
    long values = 0;
    try (NaiveTable table = new NaiveTable(file)) {
      for (int hour = 0; hour < NAIVE_DAYS * DAY_HOURS; hour++) {
        List<ClusterSummary> summaries =
            Stream.generate(cluster::next).limit(HOUR_MINUTES).toList();
        values += summaries.stream().mapToInt(Values::count).sum();
        table.write(summaries);
      }
      double size = (double) table.closeAndMeasure() / values;
      figures.print("naive", size, "bytes/value");
      return size;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void rounds(String name, Path parent, long end, Figures figures) throws Exception {
    Path directory = Files.createTempDirectory(parent, "qstat-mesh-bench-rounds-");
    Samples ours = new Samples();
    Samples naive = new Samples();
    try (HistoryFeeder feeder = new HistoryFeeder(config(directory), end, clusters(end));
        NaiveTable table = new NaiveTable(directory.resolve("naive.db"))) {
      List<Supplier<ClusterSummary>> clusters = clusters(end);
      for (int round = 0; round < ROUNDS; round++) {
        double micros = feeder.round() / 1e3;
        double naiveMicros = table.write(clusters.stream().map(Supplier::get).toList()) / 1e3;
        // The first half warms the compiler.
        if (round >= ROUNDS / 2) {
          ours.add(micros);
          naive.add(naiveMicros);
        }
      }
    } finally {
      Checkout.deleteTree(directory);
    }
    figures.print("round." + name + ".cpu", ours.median(), "us");
    figures.print("round." + name + ".naive.cpu", naive.median(), "us");
  }

  private static void year(Path directory, long end, double naiveBytes, Figures figures)
      throws Exception {
    int days = days();
    long first = end - (long) days * DAY_MINUTES;
    long to = end * 60_000;
    Path data = directory.resolve("year");
    try (HistoryFeeder feeder = new HistoryFeeder(config(data), first, clusters(first))) {
      for (int day = 1; day <= days; day++) {
        feeder.feed(DAY_HOURS);
        if (day % REOPEN_DAYS == 0) {
          feeder.reopen();
        }
        if (day == RAW_DAYS) {
          printKept("kept", feeder, figures);
        }
      }
      double bytes = feeder.fileBytes();
      figures.print("days", days, "days");
      figures.print("summaries", feeder.summaries(), "summaries");
      figures.print("values", feeder.values(), "values");
      figures.print("size", bytes / MEGABYTE, "MB");
      figures.print("size.per-value", bytes / feeder.values(), "bytes/value");
      figures.print("naive.size", naiveBytes * feeder.values() / MEGABYTE, "MB");
      figures.print("generate.cpu", feeder.generateMicros(), "us/summary");
      figures.print("write.cpu", feeder.writeMicros(), "us/summary");
      figures.print("keep.cpu", feeder.keepMicros(), "us/summary");
    }
    Path month = Files.createDirectories(directory.resolve("month"));
    copySince(to - RAW_DAYS * DAY_MILLIS, data, month);
    ask("month", new HistoryQuestions(directory.resolve("month-conf"), month, ASKED, to), figures);
    HistoryQuestions all = new HistoryQuestions(directory.resolve("conf"), data, ASKED, to);
    ask("all", all, figures);
    all.warm("all.year", Duration.ofDays(365), figures);
  }

  /** The history as it would be had it begun then. */
  private static void copySince(long fromEpochMillis, Path data, Path to) throws Exception {
    Path file = Files.copy(data.resolve("qstat-mesh.db"), to.resolve("qstat-mesh.db"));
    try (Connection connection = StoredHistory.open(file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "DELETE FROM chunk WHERE start_epoch_seconds < " + fromEpochMillis / 1_000);
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static void ask(String name, HistoryQuestions questions, Figures figures)
      throws Exception {
    Duration week = Duration.ofDays(7);
    questions.warm(name + ".week", week, figures);
    figures.printSpread(name + ".week.cold", questions.cold(week), "ms");
  }
}
