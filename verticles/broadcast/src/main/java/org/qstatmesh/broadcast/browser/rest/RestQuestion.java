package org.qstatmesh.broadcast.browser.rest;

/** The questions that a browser can ask, too. */
public enum RestQuestion {
  HISTORY,
  JOBS,
  JOB,
  NODES,
  AT,
  WAITS,
  EVENTS,
  CHANGES,
  FIT
}
