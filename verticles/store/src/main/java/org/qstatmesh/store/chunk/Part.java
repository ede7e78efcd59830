package org.qstatmesh.store.chunk;

import java.util.List;
import org.qstatmesh.bus.HistoryQuery.Dimension;

/** What of a summary a chunk holds; its number in the database is {@link #code}. */
public enum Part {
  /** Keys are users; measures as of {@link org.qstatmesh.bus.ClusterSummary.Use}, in its order. */
  USER(0, 6),
  /** Keys are groups; measures as of USER. */
  GROUP(1, 6),
  /** Keys are accounts; measures as of USER. */
  ACCOUNT(2, 6),
  /** Keys are queues; measures as of USER. */
  QUEUE(3, 6),
  /** Keys are reasons to wait; jobs, slots. */
  REASON(4, 2),
  /** Key 0 only; total, used, free, unavailable, largest free on one node. */
  SLOTS(5, 5),
  /** Key 0 only; running, queued, held, suspended, undetermined. */
  JOBS(6, 5),
  /** Key 0 only; total, free, partial, full, draining, offline, down, unknown. */
  NODES(7, 8),
  /** Key 0 only; total, used. */
  GPUS(8, 2),
  /**
   * Raw only: every sample is a point, what a row holds besides is in {@link Heads}. Keys are
   * queues as listed; flags + 1 (0: not listed), running jobs, queued jobs, wallclock limit in
   * seconds + 1 and slots limit + 1 (0: none). Flags: two bits enabled, two bits started (0
   * unknown, 1 no, 2 yes).
   */
  HEAD(9, 5),
  /**
   * Keys are labs, 0 for use that is no lab's; measures as of USER. Not known while no lab is
   * configured, and in what was filled in where sums do not say it.
   */
  LAB(10, 6);

  private static final List<Part> ALL = List.of(values());

  private final int code;
  private final int measures;

  Part(int code, int measures) {
    this.code = code;
    this.measures = measures;
  }

  /** Its number in the database; never changes. */
  public int code() {
    return code;
  }

  /** How many measures it has; they are numbered from 0. */
  public int measures() {
    return measures;
  }

  /** Where the uses of a dimension are. */
  public static Part of(Dimension dimension) {
    return switch (dimension) {
      case USER -> USER;
      case GROUP -> GROUP;
      case ACCOUNT -> ACCOUNT;
      case QUEUE -> QUEUE;
      case LAB -> LAB;
    };
  }

  /** Throws {@link IllegalArgumentException} for a number that is none. */
  public static Part ofCode(int code) {
    if (code < 0 || code >= ALL.size()) {
      throw new IllegalArgumentException("no part has the number " + code);
    }
    return ALL.get(code);
  }
}
