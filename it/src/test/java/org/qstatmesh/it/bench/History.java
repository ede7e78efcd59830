package org.qstatmesh.it.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;

/** What history takes on disk, and how soon a week of it is drawn. */
final class History implements Benchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DIMENSIONS = List.of("user", "group", "queue");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int ROUNDS = 20;

  /** The copies that make a sample of every half hour one of every minute. */
  private static final int COPIES = 30;

  private static final Duration COPY_STEP = Duration.ofMinutes(1);

  @Override
  public String explanation() {
    return "the demo's history, then the same with every sample of it repeated so that each cluster has one a minute:"
        + " file bytes per stored summary (indexes, words and all); 7 days by user, group and queue asked over the"
        + " websocket, answer parsed; first = each cluster's first after the start, warm = later ones";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    Path database = data.resolve("qstat-mesh.db");
    try (RunningProcess demo = Installed.mesh(List.of("demo", "--port", "0"))) {
      URI page = Installed.page(demo);
      Path folder = Path.of(demo.awaitLine("its data lie in (\\S+);").group(1));
      copy(folder.resolve("data/qstat-mesh.db"), database);
      measure("demo", page, clusters(database), demo, figures);
      demo.terminate();
      demo.exitCode(Duration.ofSeconds(20));
    }
    size("demo", database, figures);
    multiply(database);
    size("minutes", database, figures);
    List<String> clusters = clusters(database);
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
    for (String cluster : clusters) {
      // Nobody is there: only the history is asked.
      conf.direct(cluster, "tcp://127.0.0.1:1");
    }
    try (RunningProcess mesh = Installed.mesh(conf, data)) {
      measure("minutes", Installed.page(mesh), clusters, mesh, figures);
    }
  }

  private static Connection open(Path database) throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  /** A whole copy of a database that is being written. */
  private static void copy(Path from, Path to) throws Exception {
    try (Connection connection = open(from);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("VACUUM INTO '" + to + "'");
    }
  }

  private static List<String> clusters(Path database) throws Exception {
    List<String> clusters = new ArrayList<>();
    try (Connection connection = open(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT cluster FROM cluster ORDER BY cluster")) {
      while (rows.next()) {
        clusters.add(rows.getString(1));
      }
    }
    return clusters;
  }

  /** Repeats every sample at the minutes after it. */
  private static void multiply(Path database) throws Exception {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("PRAGMA table_info(sample)")) {
        while (rows.next()) {
          columns.add(rows.getString("name"));
        }
      }
      List<String> values = new ArrayList<>(columns);
      values.replaceAll(History::copied);
      statement.executeUpdate(
          "WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < "
              + COPIES
              + ") INSERT INTO sample ("
              + String.join(", ", columns)
              + ") SELECT "
              + String.join(", ", values)
              + " FROM sample, copies WHERE observed_at_epoch_millis < "
              + (System.currentTimeMillis() - Duration.ofDays(1).toMillis()));
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static String copied(String column) {
    return switch (column) {
      case "snapshot_id" -> "snapshot_id || '-' || copy";
      case "observed_at_epoch_millis", "received_at_epoch_millis" ->
          column + " + copy * " + COPY_STEP.toMillis();
      default -> column;
    };
  }

  private static void size(String name, Path database, Figures figures) throws Exception {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM sample")) {
      long samples = row.getLong(1);
      figures.print(name + ".summaries", samples, "summaries");
      figures.print(name + ".size", (double) Files.size(database) / samples, "bytes/summary");
    }
  }

  private static void measure(
      String name, URI page, List<String> clusters, RunningProcess mesh, Figures figures)
      throws Exception {
    Samples first = new Samples();
    Samples warm = new Samples();
    long before = 0;
    ProcessCost cost = new ProcessCost(mesh.pid());
    try (GridClient client = GridClient.watching(page)) {
      for (int round = 0; round <= ROUNDS; round++) {
        for (String cluster : clusters) {
          for (String dimension : DIMENSIONS) {
            double millis = ask(client, cluster, dimension);
            (round == 0 ? first : warm).add(millis);
          }
        }
        client.ping();
        before = round == 0 ? cost.cpuMillis() : before;
      }
    }
    figures.printSpread(name + ".week.first", first, "ms");
    figures.printSpread(name + ".week.warm", warm, "ms");
    figures.print(
        name + ".week.cpu", (double) (cost.cpuMillis() - before) / warm.count(), "ms/query");
  }

  private static double ask(GridClient client, String cluster, String dimension) throws Exception {
    long now = System.currentTimeMillis();
    ObjectNode question =
        JSON.createObjectNode()
            .put("cluster", cluster)
            .put("dimension", dimension)
            .put("measure", "runningSlots")
            .put("fromEpochMillis", now - WEEK.toMillis())
            .put("toEpochMillis", now)
            .put("maxPoints", 600)
            .put("top", 8);
    long began = System.nanoTime();
    JsonNode answer = client.ask("grid.history.query", question);
    double millis = (System.nanoTime() - began) / 1e6;
    if (answer.path("series").isEmpty()) {
      throw new IOException(cluster + " by " + dimension + ": " + answer);
    }
    return millis;
  }
}
