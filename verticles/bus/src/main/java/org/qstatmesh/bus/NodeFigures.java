package org.qstatmesh.bus;

import java.util.List;
import java.util.Map;

/**
 * What a node counted and how it does, every two seconds. Counters only grow, from the node's start
 * or from that of a stage: who reads two of these makes rates, and a smaller number is a restart.
 * Bounded: {@link #MOST_ADDRESSES}, {@link #MOST_CLUSTERS}.
 *
 * @param node its name
 * @param release of the program; null for one built by hand
 * @param protocol {@link MeshCodec#PROTOCOL} of its messages
 * @param atEpochMillis when this was counted, by the node's clock
 * @param sinceEpochMillis when the node started
 * @param stages the stages it runs
 * @param memory what the process takes
 * @param addresses the event bus, by {@linkplain Addresses#family address}
 * @param clusters the clusters whose polls it counted
 * @param store null where no store runs
 * @param browsers null where no page is served
 */
public record NodeFigures(
    String node,
    String release,
    int protocol,
    long atEpochMillis,
    long sinceEpochMillis,
    List<StageFigures> stages,
    MemoryFigures memory,
    List<AddressFigures> addresses,
    List<ClusterFigures> clusters,
    StoreFigures store,
    BrowserFigures browsers)
    implements MeshMessage {
  /** Longest list of addresses. */
  public static final int MOST_ADDRESSES = 200;

  /** Longest list of clusters. */
  public static final int MOST_CLUSTERS = 1_000;

  /** Copies the lists. */
  public NodeFigures {
    stages = List.copyOf(stages);
    addresses = List.copyOf(addresses);
    clusters = List.copyOf(clusters);
  }

  /**
   * A stage of the node.
   *
   * @param stage its label
   * @param status STARTING, UP, STOPPING or DOWN
   * @param sinceEpochMillis since when
   * @param restarts how often it was started again
   */
  public record StageFigures(String stage, String status, long sinceEpochMillis, int restarts) {}

  /**
   * Memory of the process.
   *
   * @param heapUsedBytes in use, what is garbage among it
   * @param heapMaxBytes what the heap may grow to
   * @param residentBytes of the whole process; null where the system does not tell
   */
  public record MemoryFigures(long heapUsedBytes, long heapMaxBytes, Long residentBytes) {}

  /**
   * Messages of an address on this node.
   *
   * @param address an address, or the part that addresses of one kind have in common
   * @param published by this node, to all that listen
   * @param sent by this node, to one that listens
   * @param received from this node or others
   * @param delivered to handlers of this node
   * @param discarded before a handler took them
   * @param replyFailures questions that were not answered
   * @param pending messages that wait for a handler, now
   * @param p50Millis from sending to the start of the handler, both on this node, of the last
   *     minutes; null when there were none
   * @param p99Millis the same
   */
  public record AddressFigures(
      String address,
      long published,
      long sent,
      long received,
      long delivered,
      long discarded,
      long replyFailures,
      long pending,
      Double p50Millis,
      Double p99Millis) {}

  /**
   * Polls of a cluster by this node.
   *
   * @param cluster its id
   * @param polls number by result: UP, PARTIAL, UNCHANGED or a {@link FailureCode}
   * @param replies parsed replies
   * @param replyBytes their bytes in all
   * @param parseProblems records that were not understood
   * @param p50Millis from request to parsed reply, of the last minutes; null when there were none
   * @param p99Millis the same
   * @param failing whether the newest poll failed
   * @param lastGoodEpochMillis when a poll last succeeded; null when none did
   */
  public record ClusterFigures(
      String cluster,
      Map<String, Long> polls,
      long replies,
      long replyBytes,
      long parseProblems,
      Double p50Millis,
      Double p99Millis,
      boolean failing,
      Long lastGoodEpochMillis) {
    /** Copies the map. */
    public ClusterFigures {
      polls = Map.copyOf(polls);
    }
  }

  /**
   * The store of the node.
   *
   * @param databaseBytes size of the history, its log included; null before it is known
   * @param writing whether the disk takes what is written
   * @param pending summaries that wait for the disk, now
   * @param stored summaries written
   * @param dropped summaries dropped because too many waited
   */
  public record StoreFigures(
      Long databaseBytes, boolean writing, long pending, long stored, long dropped) {}

  /**
   * The browsers of the node.
   *
   * @param browsers how many are connected, now
   * @param deliveries rows and overviews handed to them
   * @param drops frames and sockets given up, by reason
   */
  public record BrowserFigures(long browsers, long deliveries, Map<String, Long> drops) {
    /** Copies the map. */
    public BrowserFigures {
      drops = Map.copyOf(drops);
    }
  }
}
