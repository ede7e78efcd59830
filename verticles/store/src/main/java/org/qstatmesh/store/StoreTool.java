package org.qstatmesh.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.store.copy.HistoryCopy;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.database.Dialect;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.export.Backup;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.export.HistoryExport;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.write.SampleWriter;

/**
 * What commands do with a history besides running the stage. Every method blocks, and throws {@link
 * IOException} whose message is for the person at the command line.
 */
public final class StoreTool {
  private static final String NATIVE_DIRECTORY_PROPERTY = "org.sqlite.tmpdir";

  private StoreTool() {}

  /**
   * Copies a history that is a file, also while a stage writes it.
   *
   * @param file must not exist yet; appears when it is whole and on disk
   * @return its size in bytes
   */
  public static long backup(StoreConfig config, Path file) throws IOException {
    return reading(config, source -> Backup.write(source, file));
  }

  /** The command that backs up a history on a database server in its place; empty for a file. */
  public static Optional<String> serversBackupCommand(StoreConfig config, Path file) {
    String user = config.login() == null ? null : config.login().user();
    return Backup.serversCommand(config.url(), user, file);
  }

  /**
   * Writes what is wanted of a history as a table, also while a stage writes it. In memory is never
   * more than an hour of a cluster, or 240 steps of it.
   *
   * @param out is flushed, not closed
   * @return how many lines the table has
   * @throws IOException also when {@code out} does
   */
  public static long export(StoreConfig config, ExportRequest request, OutputStream out)
      throws IOException {
    Dialect dialect = config.database().dialect();
    return reading(
        config,
        source -> {
          requireToday(source, dialect);
          return HistoryExport.write(source, request, out);
        });
  }

  private static void requireToday(DataSource source, Dialect dialect)
      throws IOException, SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      int version = dialect.schemaVersion(statement);
      if (version != Migrations.VERSION) {
        throw new IOException(
            "the history was written by %s release: its schema is %d, this release knows %d; %s"
                .formatted(
                    version < Migrations.VERSION ? "an older" : "a newer",
                    version,
                    Migrations.VERSION,
                    version < Migrations.VERSION
                        ? "start the mesh once, which brings it up to date"
                        : "use the newer release"));
      }
    }
  }

  /**
   * Takes a login out of a history that no stage writes: who calls it sees to that. What is left
   * when it fails is taken out when a stage starts.
   */
  public static ForgetAnswer forget(StoreConfig config, String login) throws IOException {
    Database database = existing(config);
    SampleWriter writer =
        new SampleWriter(database, config.retention(), Clock.systemUTC(), new Alarms());
    try {
      try {
        writer.open();
        SampleWriter.Forgetting forgetting = writer.forget(login);
        ForgetAnswer answer = null;
        while (answer == null) {
          answer = forgetting.go(Duration.ofSeconds(1));
        }
        return answer;
      } finally {
        writer.close();
      }
    } catch (SQLException e) {
      throw worded(database, e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Copies a whole history to another database, in one transaction; what is there afterwards was
   * read back and compared. No stage may write to either: a server's lock sees to it, a file's
   * caller has to. The source stays as it is, but for its schema, which becomes today's.
   *
   * @param to names a database without rows; a file need not exist
   * @param progress takes lines for the person who waits
   * @return how many rows were copied
   */
  public static long migrate(StoreConfig from, StoreConfig to, Consumer<String> progress)
      throws IOException {
    Database source = existing(from);
    Database target = to.database();
    try {
      target.prepare();
      try (Connection in = source.openForWriting();
          Connection out = target.openForWriting()) {
        Duration unused = source.dialect().allowSilence(in, Migrations.LONGEST_STEP);
        unused = target.dialect().allowSilence(out, Migrations.LONGEST_STEP);
        Migrations.apply(in, source);
        Migrations.apply(out, target);
        return new HistoryCopy(in, out, target.dialect(), progress).run();
      }
    } catch (SQLException e) {
      throw new IOException(
          "from %s to %s: %s (%s)"
              .formatted(source, target, DatabaseFault.of(e).meaning(), e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What is done with a database that can be read. */
  private interface Work<T> {
    T on(DataSource source) throws IOException, SQLException;
  }

  /** Makes, moves and migrates nothing: a stage may be at work on the same database. */
  private static <T> T reading(StoreConfig config, Work<T> work) throws IOException {
    Database database = existing(config);
    try {
      return work.on(database.forReading());
    } catch (SQLException e) {
      throw worded(database, e);
    }
  }

  private static IOException worded(Database database, SQLException e) {
    return new IOException(
        "%s: %s (%s)"
            .formatted(database, DatabaseFault.of(e).meaning(), Printable.escape(e.getMessage())),
        e);
  }

  private static Database existing(StoreConfig config) throws IOException {
    Database database = config.database();
    if (database.dialect() == Dialect.SQLITE) {
      if (!Files.isRegularFile(config.databaseFile())) {
        throw new IOException(
            "there is no history yet: " + config.databaseFile() + " does not exist");
      }
      // /tmp, the default, is often mounted noexec; a stage that ran has made a better place.
      Path nativeLibraries = config.dataDirectory().resolve("native");
      if (System.getProperty(NATIVE_DIRECTORY_PROPERTY) == null
          && Files.isWritable(nativeLibraries)) {
        System.setProperty(NATIVE_DIRECTORY_PROPERTY, nativeLibraries.toString());
      }
    }
    return database;
  }
}
