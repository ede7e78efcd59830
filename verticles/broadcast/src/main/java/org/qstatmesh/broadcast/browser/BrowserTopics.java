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

  private BrowserTopics() {}

  /** Push: a cluster's row. */
  static String cluster(String id) {
    return "grid.cluster." + id;
  }
}
