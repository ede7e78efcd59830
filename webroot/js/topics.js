// @ts-check
/** The only address strings of the page; the server's half is broadcast's browser package. */
export const TOPICS = Object.freeze({
  clusters: 'grid.clusters',
  /** @param {string} id the cluster's id */
  cluster: (id) => `grid.cluster.${id}`,
  historyQuery: 'grid.history.query',
  jobsQuery: 'grid.jobs.query',
  jobQuery: 'grid.job.query',
  atQuery: 'grid.at.query',
  feedQuery: 'grid.feed.query',
  nodesQuery: 'grid.nodes.query',
  waitsQuery: 'grid.waits.query',
  fitQuery: 'grid.fit.query',
  opsQuery: 'grid.ops.query',
});

/** The raw websocket of the SockJS bridge, relative to the page. */
export const BRIDGE_PATH = 'eventbus/websocket';
