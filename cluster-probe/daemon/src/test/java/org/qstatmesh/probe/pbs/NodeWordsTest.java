package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.wire.NodeState;

class NodeWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "free;             0;  FREE;    true",
        "free;             15; PARTIAL; true",
        "free;             16; FULL;    true",
        "job-busy;         16; FULL;    false",
        "job-exclusive;    2;  FULL;    false",
        "resv-exclusive;   0;  FULL;    false",
        "reserve;          0;  FULL;    false",
        "busy;             3;  FULL;    false",
        "job-sharing;      3;  PARTIAL; true",
        "offline;          3;  OFFLINE; false",
        "offline,job-busy; 16; OFFLINE; false",
        "offline,down;     0;  DOWN;    false",
        "down,offline;     0;  DOWN;    false",
        "state-unknown,down; 0; DOWN;   false",
        "state-unknown;    0;  UNKNOWN; false",
        "state-unknown,offline; 0; OFFLINE; false",
        "stale;            0;  DOWN;    false",
        "unresolvable;     0;  DOWN;    false",
        "maintenance;      0;  OFFLINE; false",
        "provisioning;     0;  OFFLINE; false",
        "surprised;        0;  UNKNOWN; false",
        "free, busy;       0;  FULL;    false",
        ";                 0;  UNKNOWN; false"
      })
  void wordsOfANodeWithSixteenCores(
      String words, int usedSlots, NodeState state, boolean takesWork) {
    Condition condition = NodeWords.condition(words);
    assertEquals(takesWork, condition.takesWork());
    int freeSlots = takesWork ? 16 - usedSlots : 0;
    assertEquals(state, condition.state(16, usedSlots, freeSlots));
  }
}
