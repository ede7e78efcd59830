package org.qstatmesh.store.word;

import java.util.List;
import org.qstatmesh.bus.HistoryQuery.Dimension;

/**
 * What a numbered text is the name of; its number in the database is {@link #code}, that of the
 * part whose keys such texts are.
 */
public enum WordKind {
  USER(0),
  GROUP(1),
  ACCOUNT(2),
  QUEUE(3),
  REASON(4),
  LAB(10);

  private static final List<WordKind> ALL = List.of(values());

  private final int code;

  WordKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static WordKind ofCode(int code) {
    return ALL.stream().filter(kind -> kind.code == code).findFirst().orElseThrow();
  }

  public static WordKind of(Dimension dimension) {
    return switch (dimension) {
      case USER -> USER;
      case GROUP -> GROUP;
      case ACCOUNT -> ACCOUNT;
      case QUEUE -> QUEUE;
      case LAB -> LAB;
    };
  }
}
