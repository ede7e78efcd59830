package org.qstatmesh.bus;

import java.util.List;

/** Every address of the mesh bus. */
public final class Addresses {

  /**
   * The clusters as configured on this node: at start of a stage and at every change. Mesh → all
   * stages.
   */
  public static final Topic<ClustersConfigured> CLUSTERS_CONFIGURED =
      new Topic<>("mesh.clusters.configured", ClustersConfigured.class, true);

  /**
   * Persons and labs as configured on this node: at start of a stage and at every change. Mesh →
   * poller, broadcast.
   */
  public static final Topic<PeopleConfigured> PEOPLE_CONFIGURED =
      new Topic<>("mesh.people.configured", PeopleConfigured.class, true);

  /** A stage cannot go on and wants to be started anew. Any stage → mesh. */
  public static final Topic<StageDied> STAGE_DIED =
      new Topic<>("mesh.stage.died", StageDied.class, true);

  /** What a stage that is up has to say of itself. Any stage → mesh. */
  public static final Topic<StageNote> STAGE_NOTE =
      new Topic<>("mesh.stage.note", StageNote.class, true);

  /** Asks for a way to a cluster's probe. Poller → tunnel of the same node. */
  public static final Query<TunnelWanted, TunnelState> TUNNEL_OPEN =
      new Query<>("mesh.tunnel.open", TunnelWanted.class, TunnelState.class, true);

  /** State of a tunnel, on change and every 10 s. Tunnel → poller of the same node, broadcast. */
  public static final Topic<TunnelState> TUNNEL_STATE =
      new Topic<>("mesh.tunnel.state", TunnelState.class, false);

  /** A poller lives, every 2 s. Poller → pollers, broadcast. */
  public static final Topic<PollerAlive> POLLER_ALIVE =
      new Topic<>("mesh.poller.alive", PollerAlive.class, false);

  /** A snapshot was taken. Poller → store, broadcast. */
  public static final Topic<SnapshotTaken> SNAPSHOT_TAKEN =
      new Topic<>("mesh.snapshot.taken", SnapshotTaken.class, false);

  /** A poll failed. Poller → store, broadcast. */
  public static final Topic<PollFailed> POLL_FAILED =
      new Topic<>("mesh.poll.failed", PollFailed.class, false);

  /** A summary is on disk. Store → poller, broadcast. */
  public static final Topic<SnapshotStored> SNAPSHOT_STORED =
      new Topic<>("mesh.snapshot.stored", SnapshotStored.class, false);

  /** Newest stored summary of every cluster. Broadcast → store. */
  public static final Query<LatestQuery, LatestAnswer> LATEST =
      new Query<>("mesh.latest.query", LatestQuery.class, LatestAnswer.class, false);

  /** A measure of one cluster over time. Broadcast → store. */
  public static final Query<HistoryQuery, HistoryAnswer> HISTORY =
      new Query<>("mesh.history.query", HistoryQuery.class, HistoryAnswer.class, false);

  /** The grid as it was at a moment. Broadcast → store. */
  public static final Query<AtQuery, AtAnswer> AT =
      new Query<>("mesh.at.query", AtQuery.class, AtAnswer.class, false);

  /** How long jobs waited. Broadcast → store. */
  public static final Query<WaitsQuery, WaitsAnswer> WAITS =
      new Query<>("mesh.waits.query", WaitsQuery.class, WaitsAnswer.class, false);

  /** What changed on a cluster. Broadcast → store. */
  public static final Query<EventsQuery, EventsAnswer> EVENTS =
      new Query<>("mesh.events.query", EventsQuery.class, EventsAnswer.class, false);

  /** How the store stands, on change and every 5 s. Store → broadcast. */
  public static final Topic<StoreState> STORE_STATE =
      new Topic<>("mesh.store.state", StoreState.class, false);

  /** What every node counted, every 2 s. Mesh → mesh. */
  public static final Topic<NodeFigures> NODE_FIGURES =
      new Topic<>("mesh.node.figures", NodeFigures.class, false);

  /** The newest figures of all nodes. Mesh's ops port, broadcast → mesh of the same node. */
  public static final Query<FiguresQuery, FiguresAnswer> FIGURES =
      new Query<>("mesh.figures.query", FiguresQuery.class, FiguresAnswer.class, true);

  /** How a node's conf/ stands, on change and every 2 s while it is broken. Mesh → broadcast. */
  public static final Topic<ConfState> CONF_STATE =
      new Topic<>("mesh.conf.state", ConfState.class, false);

  /** Forgets a person. Mesh's ops port → store. */
  public static final Query<ForgetQuery, ForgetAnswer> FORGET =
      new Query<>("mesh.store.forget", ForgetQuery.class, ForgetAnswer.class, false);

  /** Calls all nodes. Ops port of any node → mesh of every node. */
  public static final Topic<RollCall> ROLL_CALL =
      new Topic<>("mesh.node.call", RollCall.class, false);

  /** What each node answers to a call. Mesh of every node → ops ports. */
  public static final Topic<NodePresent> NODE_PRESENT =
      new Topic<>("mesh.node.present", NodePresent.class, false);

  /** Addresses with the name of a cluster or a node behind them. */
  public static final List<String> NAMED =
      List.of(
          "mesh.jobs.query",
          "mesh.job.query",
          "mesh.nodes.query",
          "mesh.fit.query",
          "mesh.stage.restart");

  /** What answers are counted under: Vert.x makes an address for each. */
  public static final String REPLY = "reply";

  private static final String REPLIES = "__vertx.reply.";

  private Addresses() {}

  /** The name under which messages of an address are counted; there are few of them. */
  public static String family(String address) {
    if (address.startsWith(REPLIES)) {
      return REPLY;
    }
    for (String named : NAMED) {
      if (address.startsWith(named) && address.startsWith(".", named.length())) {
        return named;
      }
    }
    return address;
  }

  /** Starts a stage of a node again. Ops port of another node → mesh of that node. */
  public static Query<StageRestart, StageRestarted> restart(String node) {
    return new Query<>(
        "mesh.stage.restart." + node, StageRestart.class, StageRestarted.class, false);
  }

  /** A page of the newest snapshot's jobs. Broadcast → the poller that holds the cluster. */
  public static Query<JobsQuery, JobsAnswer> jobs(String cluster) {
    return new Query<>("mesh.jobs.query." + cluster, JobsQuery.class, JobsAnswer.class, false);
  }

  /** One job in full, asked of the probe. Broadcast → the poller that holds the cluster. */
  public static Query<JobQuery, JobAnswer> job(String cluster) {
    return new Query<>("mesh.job.query." + cluster, JobQuery.class, JobAnswer.class, false);
  }

  /** The newest snapshot's nodes. Broadcast → the poller that holds the cluster. */
  public static Query<NodesQuery, NodesAnswer> nodes(String cluster) {
    return new Query<>("mesh.nodes.query." + cluster, NodesQuery.class, NodesAnswer.class, false);
  }

  /** Where in the newest snapshot a job fits. Broadcast → the poller that holds the cluster. */
  public static Query<FitQuery, FitAnswer> fit(String cluster) {
    return new Query<>("mesh.fit.query." + cluster, FitQuery.class, FitAnswer.class, false);
  }
}
