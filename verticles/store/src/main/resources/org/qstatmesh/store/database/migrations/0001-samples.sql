-- One row a summary. What changes with every summary stands in the row; texts, which repeat, are
-- written once and named by their number. Layout of the BLOBs: class
-- org.qstatmesh.store.keep.RowValues.

CREATE TABLE cluster (
  cluster_number INTEGER PRIMARY KEY,
  cluster        TEXT NOT NULL UNIQUE
);

-- Names of users (kind 0), groups (1), accounts (2), queues (3) and reasons to wait (4), numbered
-- from 1 in each cluster and kind: most numbers fit one byte.
CREATE TABLE word (
  cluster_number INTEGER NOT NULL REFERENCES cluster,
  kind           INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  word           TEXT    NOT NULL,
  PRIMARY KEY (cluster_number, kind, number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX word_by_text ON word (cluster_number, kind, word);

-- Title, scheduler, server and the like, as JSON: the same for weeks.
CREATE TABLE about (
  about_number   INTEGER PRIMARY KEY,
  cluster_number INTEGER NOT NULL REFERENCES cluster,
  about          TEXT    NOT NULL,
  UNIQUE (cluster_number, about)
);

-- NULL: that collector never worked. Ordered by cluster and time, so that a range of one cluster
-- is read from one place.
CREATE TABLE sample (
  cluster_number           INTEGER NOT NULL REFERENCES cluster,
  observed_at_epoch_millis INTEGER NOT NULL,
  snapshot_id              TEXT    NOT NULL,
  received_at_epoch_millis INTEGER NOT NULL,
  slots_free               INTEGER,
  slots_total              INTEGER,
  user_use                 BLOB,
  group_use                BLOB,
  account_use              BLOB,
  queue_use                BLOB,
  about_number             INTEGER NOT NULL REFERENCES about,
  failure                  TEXT,
  jobs_running             INTEGER,
  jobs_queued              INTEGER,
  jobs_held                INTEGER,
  jobs_suspended           INTEGER,
  jobs_undetermined        INTEGER,
  slots_used               INTEGER,
  slots_unavailable        INTEGER,
  slots_largest_free       INTEGER,
  gpus_total               INTEGER,
  gpus_used                INTEGER,
  nodes_total              INTEGER,
  nodes_free               INTEGER,
  nodes_partial            INTEGER,
  nodes_full               INTEGER,
  nodes_draining           INTEGER,
  nodes_offline            INTEGER,
  nodes_down               INTEGER,
  nodes_unknown            INTEGER,
  waiting                  BLOB,
  queues                   BLOB,
  PRIMARY KEY (cluster_number, observed_at_epoch_millis, snapshot_id)
) WITHOUT ROWID;

-- Finds a summary that is published again.
CREATE INDEX sample_by_snapshot ON sample (cluster_number, snapshot_id);
