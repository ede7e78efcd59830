-- Hours that are over, put together: class org.qstatmesh.store.chunk.ChunkReader knows the layout of
-- body. step_seconds 0: samples of one hour; else steps of that length, 240 of them, aligned to the
-- epoch. A table with rowids, because these pack large BLOBs better.
CREATE TABLE chunk (
  cluster_number      INTEGER NOT NULL REFERENCES cluster,
  part                INTEGER NOT NULL,
  step_seconds        INTEGER NOT NULL,
  start_epoch_seconds INTEGER NOT NULL,
  body                BLOB    NOT NULL
);

CREATE UNIQUE INDEX chunk_by_time ON chunk (cluster_number, part, step_seconds, start_epoch_seconds);

-- What was observed before it is in chunks. Rows of the table sample that are older came late, and
-- wait for a minute at most.
CREATE TABLE compacted (
  cluster_number      INTEGER NOT NULL PRIMARY KEY REFERENCES cluster,
  until_epoch_seconds INTEGER NOT NULL
);

-- Of users: the last day of which a chunk names them; 0 while none does.
ALTER TABLE word ADD COLUMN last_seen_epoch_day INTEGER NOT NULL DEFAULT 0;
