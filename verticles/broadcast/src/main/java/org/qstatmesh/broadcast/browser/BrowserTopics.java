package org.qstatmesh.broadcast.browser;

/** The addresses that browsers know; the page's half is webroot/js/topics.js. */
final class BrowserTopics {
  /** Push: which clusters there are, and how the mesh is. */
  static final String CLUSTERS = "grid.clusters";

  /** Send and reply: a measure over time. */
  static final String HISTORY_QUERY = "grid.history.query";

  /** Send and reply: a page of jobs. */
  static final String JOBS_QUERY = "grid.jobs.query";

  /** Send and reply: one job in full. */
  static final String JOB_QUERY = "grid.job.query";

  /** Send and reply: the nodes and who runs there. */
  static final String NODES_QUERY = "grid.nodes.query";

  /** Send and reply: the grid as it was at a moment. */
  static final String AT_QUERY = "grid.at.query";

  /** Send and reply: how long jobs waited. */
  static final String WAITS_QUERY = "grid.waits.query";

  /** Send and reply: what changed on a cluster. */
  static final String EVENTS_QUERY = "grid.events.query";

  /** Send and reply: where a job fits, of all clusters. */
  static final String FIT_QUERY = "grid.fit.query";

  /** Send and reply: what changed on a cluster, in few lines. */
  static final String FEED_QUERY = "grid.feed.query";

  /** Send and reply: the nodes of the mesh, and what they do. */
  static final String OPS_QUERY = "grid.ops.query";

  private BrowserTopics() {}

  /** Push: a cluster's row. */
  static String cluster(String id) {
    return "grid.cluster." + id;
  }
}
