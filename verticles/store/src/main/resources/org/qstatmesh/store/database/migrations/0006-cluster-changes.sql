-- When a cluster stopped answering, and when it answered again: one row for each change.
-- failure_code says why it is down; NULL: it is up.
CREATE TABLE cluster_change (
  cluster_number  INTEGER NOT NULL REFERENCES cluster,
  at_epoch_millis INTEGER NOT NULL,
  failure_code    TEXT,
  PRIMARY KEY (cluster_number, at_epoch_millis)
) WITHOUT ROWID;
