package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

@Timeout(60)
class SlurmNodesTest {
  private final Problems problems = new Problems();

  /** Of 16 cores 4 are used. */
  @ParameterizedTest
  @CsvSource({
    "MIXED, PARTIAL, 12",
    "MIXED+COMPLETING, PARTIAL, 12",
    "MIXED+PLANNED, PARTIAL, 12",
    "MIXED-, PARTIAL, 12",
    "MIXED+CLOUD+POWERING_UP, PARTIAL, 12",
    "MIXED#, PARTIAL, 12",
    "MIXED@, PARTIAL, 12",
    "MIXED+REBOOT_REQUESTED, PARTIAL, 12",
    "MIXED+DRAIN, DRAINING, 0",
    "MIXED+DRAIN+REBOOT_REQUESTED, DRAINING, 0",
    "IDLE*+DRAIN, DOWN, 0",
    "MIXED+FAIL, DRAINING, 0",
    "DOWN, DOWN, 0",
    "DOWN*, DOWN, 0",
    "DOWN+DRAIN+NOT_RESPONDING, DOWN, 0",
    "MIXED+NOT_RESPONDING, DOWN, 0",
    "ALLOCATED*, DOWN, 0",
    "ERROR, DOWN, 0",
    "IDLE+INVALID_REG, DOWN, 0",
    "IDLE+MAINTENANCE, OFFLINE, 0",
    "IDLE+MAINTENANCE+RESERVED, OFFLINE, 0",
    "MIXED$, OFFLINE, 0",
    "FUTURE, OFFLINE, 0",
    "FUTURE*, OFFLINE, 0",
    "IDLE+CLOUD+POWERED_DOWN, OFFLINE, 0",
    "IDLE~, OFFLINE, 0",
    "IDLE+POWERED_DOWN+NOT_RESPONDING, OFFLINE, 0",
    "IDLE%, OFFLINE, 0",
    "IDLE+REBOOT_ISSUED, OFFLINE, 0",
    "MIXED!, DRAINING, 0",
    "UNKNOWN, UNKNOWN, 0",
    "UNKNOWN+NOT_RESPONDING, UNKNOWN, 0",
    "UNKNOWN*, UNKNOWN, 0",
    "IDLE+RESERVED, FULL, 0",
    "IDLE+LEVITATING, UNKNOWN, 0"
  })
  void states(String state, NodeState expected, int free) throws Exception {
    Node node = node("State=" + state);
    assertEquals(expected, node.nodeState());
    assertEquals(free, node.freeSlots());
    assertEquals(state, node.nodeSubState());
  }

  @Test
  void coresSetAsideAreNotFree() throws Exception {
    assertEquals(10, node("CPUEfctv=14 State=MIXED").freeSlots());
  }

  @Test
  void gpusThatAreNotCountedAreNotCalledUnused() throws Exception {
    Node node = node("Gres=gpu:a100:4(S:0-1) State=MIXED CfgTRES=cpu=16 AllocTRES=cpu=4");
    assertEquals(4, node.gpus());
    assertNull(node.usedGpus());
    node = node("Gres=gpu:4 State=MIXED CfgTRES=cpu=16,gres/gpu=4 AllocTRES=cpu=4,gres/gpu=1");
    assertEquals(4, node.gpus());
    assertEquals(1, node.usedGpus());
  }

  @Test
  void aReasonMayHoldAnything() throws Exception {
    Node node = node("State=DOWN Reason=bad [slot A] State=IDLE x=y [root@2026-11-22T06:34:52]");
    assertEquals(NodeState.DOWN, node.nodeState());
    assertEquals("bad [slot A] State=IDLE x=y", node.reason());
  }

  @Test
  void aRecordWithoutCoresIsCounted() throws Exception {
    assertEquals(List.of(), nodes("NodeName=n1 State=IDLE\n"));
    assertEquals(1, problems.count());
  }

  @Test
  void noneAtAllIsAList() throws Exception {
    assertEquals(List.of(), nodes("No nodes in the system\n"));
    assertThrows(UnparsableException.class, () -> nodes("slurm_load_node error\n"));
  }

  @ParameterizedTest
  @CsvSource({"UP,true,true", "DOWN,true,false", "DRAIN,false,true", "INACTIVE,false,false", "X,,"})
  void partitions(String state, Boolean enabled, Boolean started) throws Exception {
    String text = "PartitionName=p MaxTime=00:30:00 State=" + state + "\n";
    assertEquals(
        List.of(new Queue("p", enabled, started, 1_800L, null)),
        SlurmPartitions.parse(new StringReader(text), problems));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none;ALL",
        "accounts,jobs,usage;OWN",
        "jobs;OWN",
        "accounts,usage;ALL",
        "(null);ALL"
      })
  void privateData(String value, Visibility visibility) throws Exception {
    String text = "ClusterName = c\nPrivateData = " + value + "\nSLURM_VERSION = 24.05.1\n";
    assertEquals(
        visibility, SlurmConfig.parse(new StringReader(text), Mark.random()).facts().visibility());
  }

  private Node node(String attributes) throws Exception {
    String defaults = attributes.contains("CPUEfctv") ? "" : "CPUEfctv=16 ";
    return nodes("NodeName=n1 CPUAlloc=4 CPUTot=16 " + defaults + attributes + "\n").get(0);
  }

  private List<Node> nodes(String text) throws Exception {
    return SlurmNodes.parse(new StringReader(text), problems);
  }
}
