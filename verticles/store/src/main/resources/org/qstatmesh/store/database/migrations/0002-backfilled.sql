-- 1: counted by the probe while no poller was there, and handed in later; 0: seen live.
ALTER TABLE sample ADD COLUMN backfilled INTEGER NOT NULL DEFAULT 0;
