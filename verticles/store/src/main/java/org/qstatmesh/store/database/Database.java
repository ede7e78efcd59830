package org.qstatmesh.store.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Where the history is kept and how it is opened. Methods block: worker threads only. {@code
 * toString} names it for a person, without secrets.
 */
public interface Database {
  /** The words in which its SQL differs. */
  Dialect dialect();

  /** What has to be there before the first connection; called once, before all others. */
  void prepare() throws IOException, SQLException;

  /**
   * The one connection that writes, in autocommit: transactions are begun by {@link Dialect#begin}
   * and ended by COMMIT or ROLLBACK. What it commits is on disk.
   */
  Connection openForWriting() throws SQLException;

  /** Opens connections that cannot write; each statement sees what is committed when it begins. */
  DataSource forReading() throws IOException;

  /**
   * Equal as long as the writing connection still writes to what is found under the name.
   *
   * @throws SQLException it is gone
   */
  Object identity() throws SQLException;

  /**
   * Moves what a log beside the database holds into it, so that the log starts anew; nothing where
   * the server does that itself.
   *
   * @param writer the writing connection, outside a transaction
   */
  void checkpoint(Connection writer) throws SQLException;

  /** Size of that log; 0 when there is none. */
  long walBytes();

  /**
   * Size of the history, that log included.
   *
   * @param writer the writing connection, outside a transaction
   */
  long bytes(Connection writer) throws SQLException;

  /**
   * Looks for damage that {@link #prepare} left unlooked at because it takes long; blocks for
   * minutes, until the thread is interrupted. Nothing where the server does that itself.
   *
   * @throws SQLException it is damaged: close all connections and {@link #prepare} anew, which puts
   *     it aside
   */
  void checkWhileInUse() throws SQLException;

  /**
   * The next {@link #prepare} looks for damage thoroughly; for whoever met some, before the stage
   * is started anew.
   */
  void suspectDamage();

  /** What an administrator has to look at, one sentence each; any thread. */
  List<String> alarms();
}
