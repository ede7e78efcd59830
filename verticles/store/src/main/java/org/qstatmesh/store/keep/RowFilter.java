package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Says that a snapshot is in no row, which is so of nearly all that come: to ask the database took
 * a third of the writer's time. Knows a hash of each row's cluster and snapshot, also of rows that
 * are gone; what it does not rule out is to be asked. One thread.
 */
public final class RowFilter implements AutoCloseable {
  /** 2 MB; of 20 clusters that are polled a minute, three days. */
  private static final int MOST = 100_000;

  /** A backlog: not worth the memory until hours were put together. */
  private static final int MOST_LOADED = MOST / 2;

  private final PreparedStatement rows;
  private long[] hashes;
  private int size;
  private boolean off;
  private int addedWhileOff;

  /** Reads what rows there are. */
  public RowFilter(Connection connection) throws SQLException {
    rows =
        connection.prepareStatement(
            "SELECT cluster_number, snapshot_id FROM live LIMIT " + (MOST_LOADED + 1));
    load();
  }

  private void load() throws SQLException {
    hashes = new long[1 << 12];
    size = 0;
    addedWhileOff = 0;
    off = false;
    try (ResultSet row = rows.executeQuery()) {
      while (row.next()) {
        put(hash(row.getInt(1), row.getString(2)));
      }
    }
    if (size > MOST_LOADED) {
      off = true;
      hashes = new long[1 << 12];
      size = 0;
    }
  }

  /** Between batches: forgets rows that are gone, when they are many. */
  public void tidy() throws SQLException {
    if (size > MOST || addedWhileOff > MOST_LOADED) {
      load();
    }
  }

  /** Whether a row may have the snapshot. */
  public boolean mayHold(int cluster, String snapshotId) {
    if (off || isChangedByTheDatabase(snapshotId)) {
      return true;
    }
    long hash = hash(cluster, snapshotId);
    int at = place(hash);
    while (hashes[at] != 0) {
      if (hashes[at] == hash) {
        return true;
      }
      at = (at + 1) & (hashes.length - 1);
    }
    return false;
  }

  /** A lone surrogate comes back as a question mark. */
  private static boolean isChangedByTheDatabase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) || text.charAt(i) == 0) {
        return true;
      }
    }
    return false;
  }

  /** A row was written. */
  public void add(int cluster, String snapshotId) {
    if (off) {
      addedWhileOff++;
    } else {
      put(hash(cluster, snapshotId));
    }
  }

  private void put(long hash) {
    if (size * 2 >= hashes.length) {
      long[] old = hashes;
      hashes = new long[old.length * 2];
      size = 0;
      for (long one : old) {
        if (one != 0) {
          put(one);
        }
      }
    }
    int at = place(hash);
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    size += hashes[at] == 0 ? 1 : 0;
    hashes[at] = hash;
  }

  private int place(long hash) {
    return (int) (hash ^ hash >>> 32) & (hashes.length - 1);
  }

  private static long hash(int cluster, String snapshotId) {
    long hash = (StoredSamples.hash(snapshotId) ^ cluster) * 0x9E3779B97F4A7C15L;
    return hash == 0 ? 1 : hash;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
