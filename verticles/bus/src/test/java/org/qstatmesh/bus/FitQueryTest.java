package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitQueryTest {
  @Test
  void acceptsTheBounds() {
    FitQuery byNode = new FitQuery(1_000_000, 100_000_000, null, 1_000, 1L, 1L);
    assertEquals(byNode, byNode.checked());
    assertEquals(100_000_000_000_000L, byNode.slotsInAll());
    FitQuery anywhere = new FitQuery(1, null, 100_000_000, 0, null, null);
    assertEquals(anywhere, anywhere.checked());
    assertEquals(100_000_000, anywhere.slotsInAll());
  }

  @ParameterizedTest
  @CsvSource({
    "0,       1,         ,          0,    ,  , nodes",
    "1000001, 1,         ,          0,    ,  , nodes",
    "1,       ,          ,          0,    ,  , slotsPerNode",
    "1,       0,         ,          0,    ,  , slotsPerNode",
    "1,       100000001, ,          0,    ,  , slotsPerNode",
    "1,       1,         ,          -1,   ,  , gpusPerNode",
    "1,       1,         ,          1001, ,  , gpusPerNode",
    "1,       1,         ,          0,    0, , memoryBytesPerNode",
    "1,       1,         ,          0,    , 0, walltimeSeconds",
    "1,       ,          0,         0,    ,  , slots",
    "1,       ,          100000001, 0,    ,  , slots",
    "2,       ,          8,         0,    ,  , nodes",
    "1,       4,         8,         0,    ,  , slotsPerNode",
    "1,       ,          8,         1,    ,  , gpusPerNode",
    "1,       ,          8,         0,    1, , memoryBytesPerNode",
    "1,       ,          8,         0,    , -1, walltimeSeconds"
  })
  void namesTheFieldThatIsWrong(
      int nodes,
      Integer slotsPerNode,
      Integer slots,
      int gpusPerNode,
      Long memoryBytes,
      Long walltimeSeconds,
      String field) {
    FitQuery query =
        new FitQuery(nodes, slotsPerNode, slots, gpusPerNode, memoryBytes, walltimeSeconds);
    QueryFailure failure = assertThrows(QueryFailure.class, query::checked);
    assertEquals(QueryFailure.BAD_QUERY, failure.code());
    assertTrue(failure.getMessage().startsWith(field + ":"), failure.getMessage());
  }
}
