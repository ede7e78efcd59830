-- What changed with a sample: class org.qstatmesh.store.events.EventBody knows the layout of body.
-- A table with rowids, because it packs large BLOBs better.
CREATE TABLE event (
  cluster_number           INTEGER NOT NULL REFERENCES cluster,
  observed_at_epoch_millis INTEGER NOT NULL,
  snapshot_id              TEXT    NOT NULL,
  body                     BLOB    NOT NULL,
  PRIMARY KEY (cluster_number, observed_at_epoch_millis, snapshot_id)
);

-- What is left of a day: class org.qstatmesh.store.events.DayBody. Days are those of UTC.
CREATE TABLE event_day (
  cluster_number INTEGER NOT NULL REFERENCES cluster,
  epoch_day      INTEGER NOT NULL,
  body           BLOB    NOT NULL,
  PRIMARY KEY (cluster_number, epoch_day)
) WITHOUT ROWID;
