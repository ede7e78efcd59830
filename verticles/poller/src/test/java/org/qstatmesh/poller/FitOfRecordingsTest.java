package org.qstatmesh.poller;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.poller.fit.ClusterFit;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireLimits;

/**
 * What fits in the recorded clusters of four schedulers, worked out by hand from the nodes and
 * queues that their own commands showed: nodes free, nodes that have it, nodes out of service that
 * may, tasks that wait.
 */
class FitOfRecordingsTest {
  private static final Path RECORDINGS =
      Path.of("../../cluster-probe/daemon/src/test/resources/fixtures");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // n008 has 24 of 32 free; n001-n005, n007 are large enough, n006 and n009 out of service
        "torque-6.1.3 | 1x16       | batch      | NOW     |                              | 1 7 2 2",
        "torque-6.1.3 | 1x16       | closed     | LATER   | QUEUE_STOPPED                | 1 7 2 107",
        "torque-6.1.3 | 1x16       | disabled_q | NEVER   | QUEUE_DISABLED               | 1 7 2 0",
        "torque-6.1.3 | 2x16       | batch      | LATER   | NOT_ENOUGH_FREE              | 1 7 2 2",
        "torque-6.1.3 | 10x16      | batch      | NEVER   | TOO_FEW_NODES                | 1 7 2 2",
        "torque-6.1.3 | 8x16       | batch      | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 1 7 2 2",
        "torque-6.1.3 | 1x64       | batch      | LATER   | NOT_ENOUGH_FREE              | 0 1 0 2",
        "torque-6.1.3 | 1x65       | batch      | NEVER   | NO_NODE_LARGE_ENOUGH         | 0 0 0 2",
        // two weeks, and a second
        "torque-6.1.3 | 1x1 t1209600 | long     | NOW     |                              | 4 7 2 1",
        "torque-6.1.3 | 1x1 t1209601 | long     | NEVER   | WALLTIME_LIMIT               | 4 7 2 1",
        // TORQUE does not say which GPUs jobs hold
        "torque-6.1.3 | 1x8 g2     | gpu        | UNKNOWN | GPUS_UNKNOWN                 | 0 1 0 0",
        "torque-6.1.3 | 1x25 g2    | gpu        | LATER   | NOT_ENOUGH_FREE              | 0 1 0 0",
        // 1 + 2 + 4 + 24 free, 176 in service, 32 out of it
        "torque-6.1.3 | s31        | batch      | NOW     |                              | 4 7 2 2",
        "torque-6.1.3 | s32        | batch      | LATER   | NOT_ENOUGH_FREE              | 4 7 2 2",
        "torque-6.1.3 | s177       | batch      | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 4 7 2 2",
        "torque-6.1.3 | s209       | batch      | NEVER   | TOO_FEW_SLOTS                | 4 7 2 2",
        // n007 has 21 of 128 free, n009 28 of 32
        "openpbs-23.06.06 | 1x16   | workq      | NOW     |                              | 2 9 3 0",
        "openpbs-23.06.06 | 1x16   | batch      | NOW     |                              | 2 9 3 9",
        "openpbs-23.06.06 | 2x28   | batch      | LATER   | NOT_ENOUGH_FREE              | 1 3 0 9",
        "openpbs-23.06.06 | 1x1 t604801 | batch | NEVER   | WALLTIME_LIMIT               | 4 9 3 9",
        "openpbs-23.06.06 | 1x1 t604801 | workq | NOW     |                              | 4 9 3 0",
        "openpbs-23.06.06 | 1x4 g1 | gpu        | LATER   | NOT_ENOUGH_FREE              | 0 2 0 0",
        "openpbs-23.06.06 | 1x16 m300 | workq   | NOW     |                              | 1 1 0 0",
        "openpbs-23.06.06 | 1x16 m2039 | workq  | LATER   | NOT_ENOUGH_FREE              | 0 1 0 0",
        "openpbs-23.06.06 | 1x16 m2049 | workq  | NEVER   | NO_NODE_LARGE_ENOUGH         | 0 0 0 0",
        // n008 is idle; n006 drains, n007 is down, the ghosts have 8 cores
        "slurm-22.05.8 | 1x16      | batch      | NOW     |                              | 1 6 2 ?",
        "slurm-22.05.8 | 1x16      | gpu        | NOW     |                              | 2 2 0 ?",
        "slurm-22.05.8 | 1x16      | short      | NOW     |                              | 1 3 0 ?",
        "slurm-22.05.8 | 1x16      | hidden     | LATER   | NOT_ENOUGH_FREE              | 0 1 0 ?",
        "slurm-22.05.8 | 1x16      | closed     | LATER   | QUEUE_STOPPED NOT_ENOUGH_FREE | 0 2 0 ?",
        "slurm-22.05.8 | 1x16 t1801 | short     | NEVER   | WALLTIME_LIMIT               | 1 3 0 ?",
        "slurm-22.05.8 | 1x16 g2   | gpu        | NOW     |                              | 1 2 0 ?",
        "slurm-22.05.8 | 1x16 g2   | batch      | NEVER   | NO_NODE_LARGE_ENOUGH         | 0 0 0 ?",
        "slurm-22.05.8 | 2x16 g2   | gpu        | LATER   | NOT_ENOUGH_FREE              | 1 2 0 ?",
        "slurm-22.05.8 | 1x16 m63  | batch      | NEVER   | NO_NODE_LARGE_ENOUGH         | 0 0 0 ?",
        "slurm-22.05.8 | s40       | batch      | NOW     |                              | 3 6 4 ?",
        "slurm-22.05.8 | s41       | batch      | LATER   | NOT_ENOUGH_FREE              | 3 6 4 ?",
        "slurm-22.05.8 | s17       | hidden     | NEVER   | TOO_FEW_SLOTS                | 1 1 0 ?",
        // one host has 25 of 56 free over five queues; the two of all.q alone are down
        "gridengine-8.1.9 | 1x16   | all.q      | UNKNOWN | SLOTS_UNKNOWN                | 0 0 2 ?",
        "gridengine-8.1.9 | 1x16   | gpu.q      | NEVER   | SLOTS_LIMIT                  | 0 0 0 ?",
        "gridengine-8.1.9 | 1x57   | all.q      | NEVER   | NO_NODE_LARGE_ENOUGH         | 0 0 0 ?",
        "gridengine-8.1.9 | 1x1    | disabled.q | NEVER   | QUEUE_DISABLED               | 0 0 0 ?"
      })
  void theAnswerIsTheOneWorkedOutByHand(
      String recording, String wanted, String queueName, String fits, String reasons, String counts)
      throws Exception {
    FitAnswer answer = answer(recording, query(wanted));
    QueueFit fit =
        answer.queues().stream()
            .filter(queue -> queue.queueName().equals(queueName))
            .findFirst()
            .orElseThrow();
    assertEquals(fits, fit.fits().name(), fit::toString);
    String found = fit.reasons().stream().map(Enum::name).collect(joining(" "));
    for (String reason : reasons == null ? new String[0] : reasons.split(" ")) {
      assertEquals(true, found.contains(reason), () -> reason + " of " + fit);
    }
    boolean waitingKnown = !counts.endsWith("?");
    assertEquals(
        counts.replace("?", "").strip(),
        fit.matchingNodesFree()
            + " "
            + fit.matchingNodes()
            + " "
            + fit.matchingNodesOutOfService()
            + (waitingKnown ? " " + fit.queuedJobs() : ""),
        fit::toString);
  }

  private static FitAnswer answer(String recording, FitQuery wanted) throws Exception {
    Snapshot snapshot;
    Path file = RECORDINGS.resolve(recording).resolve("mixed/expected.json");
    try (InputStream json = Files.newInputStream(file)) {
      snapshot = WireCodec.readSnapshot(json, WireLimits.REPLY);
    }
    Picture picture = Picture.after(null, snapshot, 7);
    ClusterSummary row =
        Summaries.of(
            PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621)), picture, null, 7);
    return ClusterFit.answer(wanted, snapshot.nodes(), 7, snapshot.queues(), row);
  }

  /** {@code 2x16 g1 m32 t60}: nodes, cores, GPUs, GiB and seconds; {@code s64}: cores anywhere. */
  private static FitQuery query(String text) {
    FitQuery query = new FitQuery(1, null, null, 0, null, null);
    for (String word : Arrays.asList(text.split(" "))) {
      long value = Long.parseLong(word.replaceFirst("^([a-z]|\\d+x)", ""));
      query =
          switch (word.charAt(0)) {
            case 's' -> new FitQuery(1, null, (int) value, 0, null, null);
            case 'g' ->
                new FitQuery(query.nodes(), query.slotsPerNode(), null, (int) value, null, null);
            case 'm' ->
                new FitQuery(query.nodes(), query.slotsPerNode(), null, 0, value << 30, null);
            case 't' -> new FitQuery(query.nodes(), query.slotsPerNode(), null, 0, null, value);
            default ->
                new FitQuery(
                    Integer.parseInt(word.substring(0, word.indexOf('x'))),
                    (int) value,
                    null,
                    0,
                    null,
                    null);
          };
    }
    return query;
  }
}
