package org.qstatmesh.store;

import org.qstatmesh.bus.HistoryQuery.Dimension;

/** What a numbered text is the name of; its number in the database is {@link #code}. */
enum WordKind {
  USER(0),
  GROUP(1),
  ACCOUNT(2),
  QUEUE(3),
  REASON(4);

  private final int code;

  WordKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static WordKind of(Dimension dimension) {
    return switch (dimension) {
      case USER -> USER;
      case GROUP -> GROUP;
      case ACCOUNT -> ACCOUNT;
      case QUEUE -> QUEUE;
    };
  }
}
