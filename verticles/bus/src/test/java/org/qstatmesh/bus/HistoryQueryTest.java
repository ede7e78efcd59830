package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;

class HistoryQueryTest {
  @Test
  void acceptsTheBounds() {
    HistoryQuery query =
        new HistoryQuery("hpc1", Dimension.USER, Measure.RUNNING_SLOTS, 0, 1, 2_000, 50);
    assertEquals(query, query.checked());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 1, 0, toEpochMillis",
    "5, 5, 1, 0, toEpochMillis",
    "0, 1, 0, 0, maxPoints",
    "0, 1, 2001, 0, maxPoints",
    "0, 1, 1, -1, top",
    "0, 1, 1, 51, top"
  })
  void namesTheFieldThatIsWrong(long from, long to, int maxPoints, int top, String field) {
    HistoryQuery query =
        new HistoryQuery("hpc1", Dimension.USER, Measure.RUNNING_SLOTS, from, to, maxPoints, top);
    QueryFailure failure = assertThrows(QueryFailure.class, query::checked);
    assertEquals(QueryFailure.BAD_QUERY, failure.code());
    assertTrue(failure.getMessage().startsWith(field + ":"), failure.getMessage());
  }
}
