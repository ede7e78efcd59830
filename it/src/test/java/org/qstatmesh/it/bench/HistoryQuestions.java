package org.qstatmesh.it.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;

/** Asks a mesh that runs over a given history, as a browser does. */
final class HistoryQuestions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COLD_ROUNDS = 5;
  private static final int WARMING = 100;
  private static final int WARM_ROUNDS = 300;

  /** Looks are 20 ms apart. */
  private static final int IDLE_LOOKS = 50;

  private static final long IDLE_CPU_MILLIS = 50;
  private static final Duration TERM_DEADLINE = Duration.ofSeconds(20);

  private final Path directory;
  private final Path data;
  private final String cluster;
  private final long toEpochMillis;

  /**
   * Over a history's directory.
   *
   * @param directory for a configuration
   * @param data where {@code qstat-mesh.db} is
   * @param toEpochMillis where the history ends
   */
  HistoryQuestions(Path directory, Path data, String cluster, long toEpochMillis) {
    this.directory = directory;
    this.data = data;
    this.cluster = cluster;
    this.toEpochMillis = toEpochMillis;
  }

  /** A mesh that has just been started. */
  private RunningProcess mesh() throws Exception {
    // Nobody is there: only the history is asked.
    MeshConf conf = MeshConf.in(directory, 10).direct(cluster, "tcp://127.0.0.1:1");
    return Installed.mesh(conf, data);
  }

  /**
   * First answers of processes that have just finished to start, of a file that is not in memory;
   * to a client that has its row first, as every page has.
   */
  Samples cold(Duration range) throws Exception {
    Samples cold = new Samples();
    for (int round = 0; round < COLD_ROUNDS; round++) {
      try (RunningProcess mesh = mesh();
          GridClient client = GridClient.watching(Installed.page(mesh), cluster)) {
        client.awaitRow(cluster, "a row", row -> true);
        awaitIdle(mesh);
        // posix_fadvise(DONTNEED); see dd(1).
        RunningProcess.run("dd", "if=" + data.resolve("qstat-mesh.db"), "iflag=nocache", "count=0");
        cold.add(ask(client, range));
        stop(mesh);
      }
    }
    return cold;
  }

  /** What an answer takes of a mesh that was asked before; prints wall time and CPU. */
  void warm(String name, Duration range, Figures figures) throws Exception {
    try (RunningProcess mesh = mesh();
        GridClient client = GridClient.watching(Installed.page(mesh))) {
      for (int round = 0; round < WARMING; round++) {
        ask(client, range);
      }
      ProcessCost cost = new ProcessCost(mesh.pid());
      long before = cost.cpuMillis();
      Samples warm = new Samples();
      for (int round = 0; round < WARM_ROUNDS; round++) {
        warm.add(ask(client, range));
      }
      figures.print(name + ".cpu", (double) (cost.cpuMillis() - before) / warm.count(), "ms/query");
      figures.printSpread(name + ".warm", warm, "ms");
      stop(mesh);
    }
  }

  /** Blocks until it does hardly anything any more. */
  private static void awaitIdle(RunningProcess mesh) throws Exception {
    ProcessCost cost = new ProcessCost(mesh.pid());
    Deque<Long> seen = new ArrayDeque<>();
    Eventually.eventually(
        "the mesh has started",
        () -> {
          seen.addLast(cost.cpuMillis());
          if (seen.size() <= IDLE_LOOKS) {
            return false;
          }
          return seen.getLast() - seen.removeFirst() <= IDLE_CPU_MILLIS;
        });
  }

  private static void stop(RunningProcess mesh) {
    mesh.terminate();
    mesh.exitCode(TERM_DEADLINE);
  }

  /** Cores by user; milliseconds until the answer was parsed. */
  private double ask(GridClient client, Duration range) throws Exception {
    ObjectNode question =
        JSON.createObjectNode()
            .put("cluster", cluster)
            .put("dimension", "user")
            .put("measure", "runningSlots")
            .put("fromEpochMillis", toEpochMillis - range.toMillis())
            .put("toEpochMillis", toEpochMillis)
            .put("maxPoints", 600)
            .put("top", 8);
    long began = System.nanoTime();
    JsonNode answer = client.ask("grid.history.query", question);
    double millis = (System.nanoTime() - began) / 1e6;
    if (answer.path("series").isEmpty()) {
      throw new IOException(cluster + ": " + answer);
    }
    return millis;
  }
}
