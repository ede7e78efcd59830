package org.qstatmesh.poller.change;

import org.qstatmesh.wire.Job;

/** What of a job's state matters here. */
enum Phase {
  WAITING,
  STARTED,
  UNKNOWN,
  OVER;

  static Phase of(Job job) {
    return switch (job.jobState()) {
      case QUEUED, HELD -> WAITING;
      case RUNNING, SUSPENDED -> STARTED;
      case UNDETERMINED -> UNKNOWN;
      case FINISHED -> OVER;
    };
  }
}
