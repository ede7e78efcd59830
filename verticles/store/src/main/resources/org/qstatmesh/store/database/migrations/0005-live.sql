-- Samples of hours that are not put together yet. What a sample holds is in body: class
-- org.qstatmesh.store.row.RowReader knows its layout. No second index: a batch writes one page, and
-- an hour or two of rows is read from end to end as fast as it is looked up. Numbers rise in the
-- order of writing. What the table sample holds is of an earlier release and is put together, hour
-- by hour; nothing is written to it any more.
CREATE TABLE live (
  live_number              INTEGER PRIMARY KEY,
  cluster_number           INTEGER NOT NULL,
  observed_at_epoch_millis INTEGER NOT NULL,
  snapshot_id              TEXT    NOT NULL,
  body                     BLOB    NOT NULL
);
