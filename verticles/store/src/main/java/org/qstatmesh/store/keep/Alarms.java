package org.qstatmesh.store.keep;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an administrator has to look at: one sentence for each thing that can be wrong, as it was
 * raised first. Any thread.
 */
public final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  /** As many as there are kinds. */
  private final ConcurrentSkipListMap<Kind, String> raised = new ConcurrentSkipListMap<>();

  /** What can be wrong. */
  public enum Kind {
    /** The write-ahead log does not get smaller. */
    LONG_LOG,
    /** A part of the history cannot be read. */
    DAMAGED,
    /** Another node of the mesh keeps a history of its own. */
    OTHER_STORE
  }

  /** Logs it when it is not raised already. */
  public void raise(Kind kind, String sentence) {
    if (raised.putIfAbsent(kind, sentence) == null) {
      LOG.error("{}", sentence);
    }
  }

  /** It is over. */
  public void clear(Kind kind) {
    if (raised.remove(kind) != null) {
      LOG.info("alarm {} is over", kind);
    }
  }

  /** What is raised now. */
  public List<String> sentences() {
    return List.copyOf(raised.values());
  }
}
