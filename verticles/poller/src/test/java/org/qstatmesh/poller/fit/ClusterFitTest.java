package org.qstatmesh.poller.fit;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.Fits;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

class ClusterFitTest {
  private static final String OPEN = "batch on on";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // nodes
        "1x16    | FREE 16/16                          | NOW     |                      | 1 1 0 0",
        "1x16    | PARTIAL 16/15                       | LATER   | NOT_ENOUGH_FREE      | 0 1 0 0",
        "1x16    | FULL 16/0                           | LATER   | NOT_ENOUGH_FREE      | 0 1 0 0",
        "1x16    | FREE 8/8 x9                         | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        "3x16    | FREE 16/16 x2                       | NEVER   | TOO_FEW_NODES        | 2 2 0 0",
        "3x16    | FREE 16/16 x2, FULL 16/0            | LATER   | NOT_ENOUGH_FREE      | 2 3 0 0",
        "3x16    | FREE 16/16 x2, PARTIAL 64/16        | NOW     |                      | 3 3 0 0",
        "1x16    |                                     | NEVER   | NO_NODES             | 0 0 0 0",
        // what is out of service never matches, and may come back
        "1x16    | DOWN 16/16                          | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 0 0 0 1",
        "1x16    | OFFLINE 16/16                       | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 0 0 0 1",
        "1x16    | DRAINING 16/16                      | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 0 0 0 1",
        "1x16    | UNKNOWN 16/16                       | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 0 0 0 1",
        "2x16    | FREE 16/16, DOWN 16/0               | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 1 1 0 1",
        "1x32    | FREE 16/16, DOWN 16/0               | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        "3x16    | FREE 16/16, DOWN 16/0               | NEVER   | TOO_FEW_NODES        | 1 1 0 1",
        "1x16    | FULL 16/0, DOWN 16/0                | LATER   | NOT_ENOUGH_FREE      | 0 1 0 1",
        // GPUs
        "1x4 g2  | FREE 16/16 g4/2                     | NOW     |                      | 1 1 0 0",
        "1x4 g2  | PARTIAL 16/8 g4/3                   | LATER   | NOT_ENOUGH_FREE      | 0 1 0 0",
        "1x4 g2  | FREE 16/16                          | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        "1x4 g2  | PARTIAL 16/8 g4/?                   | UNKNOWN | GPUS_UNKNOWN         | 0 1 1 0",
        "1x4 g2  | FREE 16/16 g?/?                     | UNKNOWN | GPUS_UNKNOWN         | 0 0 1 0",
        "1x4 g5  | PARTIAL 16/8 g4/?                   | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        "1x4 g2  | FULL 16/0 g4/?                      | LATER   | NOT_ENOUGH_FREE      | 0 1 0 0",
        "1x4 g2  | PARTIAL 16/8 g4/?, FREE 16/16 g4/0  | NOW     |                      | 1 2 1 0",
        "1x4     | FREE 16/16 g?/?                     | NOW     |                      | 1 1 0 0",
        // memory
        "1x4 m32 | FREE 16/16 m64/32                   | NOW     |                      | 1 1 0 0",
        "1x4 m32 | FREE 16/16 m64/33                   | LATER   | NOT_ENOUGH_FREE      | 0 1 0 0",
        "1x4 m65 | FREE 16/16 m64/0                    | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        "1x4 m32 | FREE 16/16 m64/?                    | UNKNOWN | MEMORY_UNKNOWN       | 0 1 1 0",
        "1x4 m32 | FREE 16/16                          | UNKNOWN | MEMORY_UNKNOWN       | 0 0 1 0",
        "1x4     | FREE 16/16                          | NOW     |                      | 1 1 0 0",
        "1x32 m9 | FREE 16/16                          | NEVER   | NO_NODE_LARGE_ENOUGH | 0 0 0 0",
        // cores that are not told
        "1x16    | PARTIAL 16/?                        | UNKNOWN | SLOTS_UNKNOWN        | 0 1 1 0",
        "1x16    | FREE ?/?                            | UNKNOWN | SLOTS_UNKNOWN        | 0 0 1 0",
        "1x16    | FREE ?/16                           | NOW     |                      | 1 1 0 0",
        "1x16    | FULL ?/0                            | UNKNOWN | NOT_ENOUGH_FREE SLOTS_UNKNOWN | 0 0 1 0",
        "1x4 g1  | FREE ?/? g?/?                       | UNKNOWN | SLOTS_UNKNOWN GPUS_UNKNOWN | 0 0 1 0",
        // cores anywhere
        "s40     | FREE 16/16 x2, PARTIAL 64/8         | NOW     |                      | 3 3 0 0",
        "s41     | FREE 16/16 x2, PARTIAL 64/8         | LATER   | NOT_ENOUGH_FREE      | 3 3 0 0",
        "s97     | FREE 16/16 x2, PARTIAL 64/8         | NEVER   | TOO_FEW_SLOTS        | 3 3 0 0",
        "s97     | FREE 16/16 x2, PARTIAL 64/8, DOWN 16/0 | UNKNOWN | NOT_ENOUGH_FREE NODES_OUT_OF_SERVICE | 3 3 0 1",
        "s20     | FREE 16/16, PARTIAL 16/?            | UNKNOWN | SLOTS_UNKNOWN        | 1 2 1 0",
        "s16     | FREE 16/16, PARTIAL 16/?            | NOW     |                      | 1 2 1 0",
        "s40     | FREE 16/16, PARTIAL ?/?             | UNKNOWN | SLOTS_UNKNOWN        | 1 1 1 0",
        "s40     | FREE 16/16, PARTIAL 16/?            | NEVER   | TOO_FEW_SLOTS        | 1 2 1 0"
      })
  void nodesDecide(String wanted, String nodes, Fits fits, String reasons, String counts) {
    QueueFit fit = inBatch(wanted, nodes == null ? "" : nodes, OPEN, Visibility.ALL, 0);
    assertVerdict(fits, reasons, fit);
    assertEquals(
        counts,
        fit.matchingNodesFree()
            + " "
            + fit.matchingNodes()
            + " "
            + fit.matchingNodesUnknown()
            + " "
            + fit.matchingNodesOutOfService());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1x4 t3600 | batch on on t3600   | ALL     | 0  | NOW     |",
        "1x4 t3601 | batch on on t3600   | ALL     | 0  | NEVER   | WALLTIME_LIMIT",
        "1x4       | batch on on t3600   | ALL     | 0  | NOW     |",
        "2x4       | batch on on s8      | ALL     | 0  | NOW     |",
        "2x4       | batch on on s7      | ALL     | 0  | NEVER   | SLOTS_LIMIT",
        "s8        | batch on on s7      | ALL     | 0  | NEVER   | SLOTS_LIMIT",
        "2x4       | batch on on s20     | ALL     | 12 | NOW     |",
        "2x4       | batch on on s20     | ALL     | 13 | LATER   | SLOTS_LIMIT_REACHED",
        "2x4       | batch on on s20     | ALL     |    | UNKNOWN | VISIBILITY",
        "2x4       | batch on on s20     | OWN     | 12 | UNKNOWN | VISIBILITY",
        "2x4       | batch on on s20     | OWN     | 13 | LATER   | SLOTS_LIMIT_REACHED VISIBILITY",
        "2x4       | batch on on         | OWN     | 0  | NOW     | VISIBILITY",
        "2x4       | batch on on         | UNKNOWN | 0  | NOW     | VISIBILITY",
        "1x4       | batch off on        | ALL     | 0  | NEVER   | QUEUE_DISABLED",
        "1x4       | batch on off        | ALL     | 0  | LATER   | QUEUE_STOPPED",
        "1x64      | batch on off        | ALL     | 0  | NEVER   | NO_NODE_LARGE_ENOUGH QUEUE_STOPPED",
        "1x4 t9    | batch off off t8 s3 | ALL     | 0  | NEVER   | QUEUE_DISABLED WALLTIME_LIMIT SLOTS_LIMIT QUEUE_STOPPED",
        "1x4       | batch ? on          | ALL     | 0  | UNKNOWN | QUEUE_UNKNOWN",
        "1x4       | batch on ?          | ALL     | 0  | UNKNOWN | QUEUE_UNKNOWN",
        "1x16      | batch on ?          | ALL     | 0  | LATER   | NOT_ENOUGH_FREE",
        "1x4       | batch off ?         | ALL     | 0  | NEVER   | QUEUE_DISABLED"
      })
  void theQueueDecides(
      String wanted,
      String queue,
      Visibility visibility,
      Integer running,
      Fits fits,
      String reasons) {
    assertVerdict(
        fits, reasons, inBatch(wanted, "PARTIAL 16/12, PARTIAL 16/8", queue, visibility, running));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // PBS: a queue with nodes of its own gets those only, the others what is nobody's
        "openpbs    | FREE 16/16, FREE 4/4 q=batch     | NEVER NO_NODE_LARGE_ENOUGH named",
        "openpbs    | FREE 16/16, FREE 4/4 q=gpu       | NOW open",
        "openpbs    | FREE 16/16 q=gpu, FREE 4/4       | NEVER NO_NODE_LARGE_ENOUGH open",
        "openpbs    | FREE 16/16 q=gpu                 | NEVER NO_NODES open",
        "torque     | FREE 16/16                       | NOW open",
        // Slurm names all: who is in no queue serves none
        "slurm      | FREE 16/16 q=fat, FREE 16/16     | NEVER NO_NODES named",
        "slurm      | FREE 16/16 q=fat+batch           | NOW named",
        "slurm      | FREE 16/16                       | NOW open",
        // a foreign probe that names queues is read as PBS is
        "none       | FREE 16/16, FREE 4/4 q=batch     | NEVER NO_NODE_LARGE_ENOUGH named",
        // Grid Engine: slots of several queues together
        "gridengine | FREE 16/16 q=batch               | NOW named",
        "gridengine | FREE 32/32 q=batch+gpu           | UNKNOWN SLOTS_UNKNOWN named",
        "gridengine | FREE 12/12 q=batch+gpu           | NEVER NO_NODE_LARGE_ENOUGH named",
        "gridengine | PARTIAL 32/12 q=batch+gpu        | UNKNOWN NOT_ENOUGH_FREE SLOTS_UNKNOWN named",
        "gridengine | FREE 32/32 q=gpu                 | NEVER NO_NODES named"
      })
  void aQueueHasItsOwnNodes(String drms, String nodes, String expected) {
    FitAnswer answer =
        ClusterFit.answer(
            Shapes.wanted("1x16"),
            Shapes.nodes(nodes),
            7,
            List.of(Shapes.queue(OPEN)),
            Shapes.row(drms, Visibility.ALL, "batch", 0, 0));
    QueueFit fit = answer.queues().get(0);
    String reasons = fit.reasons().stream().map(reason -> reason + " ").collect(joining());
    String found = fit.fits() + " " + reasons + (fit.nodesNamed() ? "named" : "open");
    assertEquals(expected, found, fit::toString);
  }

  @Test
  void saysWhatIsFreeAndHowManyWait() {
    QueueFit fit =
        inBatch(
            "1x16", "PARTIAL 64/28, PARTIAL 16/9, FULL 16/0, DOWN 99/99", OPEN, Visibility.ALL, 5);
    assertEquals(37, fit.freeSlots());
    assertEquals(28, fit.largestFreeSlotsOnOneNode());
    assertEquals(17, fit.queuedJobs());
    QueueFit untold = inBatch("1x16", "PARTIAL 64/28, PARTIAL 16/?", OPEN, Visibility.ALL, 5);
    assertNull(untold.freeSlots());
    assertNull(untold.largestFreeSlotsOnOneNode());
  }

  @Test
  void withoutQueuesTheWholeClusterIsOne() {
    for (List<Queue> none : Arrays.asList(null, List.<Queue>of())) {
      FitAnswer answer =
          ClusterFit.answer(
              Shapes.wanted("1x8"),
              Shapes.nodes("FREE 8/8 q=a, FREE 8/8"),
              7,
              none,
              Shapes.row("none", Visibility.ALL, "x", 0, 3));
      QueueFit fit = answer.queues().get(0);
      assertNull(fit.queueName());
      assertVerdict(Fits.UNKNOWN, "QUEUE_UNKNOWN", fit);
      assertEquals(2, fit.matchingNodesFree());
      assertEquals(3, fit.queuedJobs());
    }
  }

  @Test
  void theBestQueuesOfVeryManyAreShown() {
    List<Queue> queues =
        IntStream.range(0, 500)
            .mapToObj(i -> new Queue("q" + i, true, i == 499, null, null))
            .toList();
    FitAnswer answer =
        ClusterFit.answer(
            Shapes.wanted("1x8"),
            Shapes.nodes("FREE 8/8"),
            7,
            queues,
            Shapes.row("torque", Visibility.ALL, "q1", 0, 3));
    assertEquals(ClusterFit.MOST_QUEUES, answer.queues().size());
    assertEquals(300, answer.omitted());
    assertEquals("q499", answer.queues().get(0).queueName());
    assertEquals(Fits.NOW, answer.queues().get(0).fits());
    assertNull(answer.queues().get(0).queuedJobs(), "of this queue nothing was counted");
    assertEquals(7, answer.takenAtEpochMillis());
  }

  @Test
  void whatCannotBeServedIsRefused() {
    FitQuery wrong = new FitQuery(0, 1, null, 0, null, null);
    QueryFailure failure =
        assertThrows(
            QueryFailure.class,
            () ->
                ClusterFit.answer(
                    wrong, List.of(), 7, null, Shapes.row("slurm", Visibility.ALL, "x", 0, 0)));
    assertEquals(QueryFailure.BAD_QUERY, failure.code());
  }

  @Test
  void largeClustersAreAMatterForAWorker() {
    assertTrue(ClusterFit.isQuick(Shapes.nodes("FREE 8/8 x9000"), null));
    assertFalse(ClusterFit.isQuick(Shapes.nodes("FREE 8/8 x10001"), null));
    List<Node> inManyQueues = Shapes.nodes("FREE 8/8 q=" + "q+".repeat(999) + "q x11");
    assertFalse(ClusterFit.isQuick(inManyQueues, List.of()));
  }

  private static QueueFit inBatch(
      String wanted, String nodes, String queue, Visibility visibility, Integer running) {
    FitAnswer answer =
        ClusterFit.answer(
            Shapes.wanted(wanted),
            Shapes.nodes(nodes),
            7,
            List.of(Shapes.queue(queue)),
            Shapes.row("torque", visibility, "batch", running, 17));
    return answer.queues().get(0);
  }

  private static void assertVerdict(Fits fits, String reasons, QueueFit fit) {
    assertEquals(fits, fit.fits(), fit::toString);
    assertEquals(
        reasons == null ? "" : reasons,
        fit.reasons().stream().map(Enum::name).collect(joining(" ")),
        fit::toString);
  }
}
