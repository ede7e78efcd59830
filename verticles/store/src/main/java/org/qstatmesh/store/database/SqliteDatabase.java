package org.qstatmesh.store.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** A file of SQLite. */
public class SqliteDatabase implements Database {
  /**
   * Short, because the writer tries again anyway and has to be able to stop within its deadline.
   */
  private static final int WRITER_BUSY_MILLIS = 1_500;

  private static final int READER_BUSY_MILLIS = 1_000;
  private static final int JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
  private static final String NATIVE_DIRECTORY_PROPERTY = "org.sqlite.tmpdir";
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of(
          "nfs", "nfs4", "lustre", "gpfs", "beegfs", "cifs", "smb3", "afs", "ceph", "fuse.sshfs");
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

  private final Path dataDirectory;
  private final Path file;
  private final String url;
  private final FileCheck check;

  /**
   * A file that need not exist yet.
   *
   * @param dataDirectory where sqlite-jdbc may put its native library
   * @param file the database, absolute
   */
  public SqliteDatabase(Path dataDirectory, Path file) {
    this(dataDirectory, file, FileCheck.Limits.USUAL);
  }

  SqliteDatabase(Path dataDirectory, Path file, FileCheck.Limits limits) {
    this.dataDirectory = dataDirectory;
    this.file = file;
    url = "jdbc:sqlite:" + file;
    check = new FileCheck(file, () -> hardened(common().createConnection(url)), limits);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  /**
   * Makes the directories; tells sqlite-jdbc where its native library may lie; puts a damaged file
   * aside.
   */
  @Override
  public void prepare() throws IOException, SQLException {
    makePrivate(dataDirectory);
    makePrivate(Objects.requireNonNull(file.getParent(), "a file in a directory"));
    Path nativeLibraries = dataDirectory.resolve("native");
    makePrivate(nativeLibraries);
    deleteLeftOvers(nativeLibraries);
    // An operator may have named a directory; /tmp, the default, is often mounted noexec.
    if (System.getProperty(NATIVE_DIRECTORY_PROPERTY) == null) {
      System.setProperty(NATIVE_DIRECTORY_PROPERTY, nativeLibraries.toString());
    }
    String type = Files.getFileStore(dataDirectory).type();
    if (NETWORK_FILE_SYSTEMS.contains(type.toLowerCase(Locale.ROOT))) {
      LOG.warn(
          "{} is on {}: locks and syncs of network file systems are not to be relied on, put the"
              + " history on a local disk",
          dataDirectory,
          type);
    }
    check.atStart();
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** A killed JVM leaves its copy of the native library behind. */
  private static void deleteLeftOvers(Path nativeLibraries) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(nativeLibraries, "sqlite-*")) {
      for (Path left : old) {
        Files.deleteIfExists(left);
      }
    }
  }

  @Override
  public Connection openForWriting() throws SQLException {
    SQLiteConfig pragmas = common();
    pragmas.setBusyTimeout(WRITER_BUSY_MILLIS);
    pragmas.setJournalMode(JournalMode.WAL);
    // NORMAL lost everything recent at a power cut when little is written.
    pragmas.setSynchronous(SynchronousMode.FULL);
    pragmas.setJournalSizeLimit(JOURNAL_SIZE_LIMIT_BYTES);
    return hardened(pragmas.createConnection(url));
  }

  @Override
  public DataSource forReading() {
    SQLiteConfig pragmas = common();
    pragmas.setBusyTimeout(READER_BUSY_MILLIS);
    pragmas.setReadOnly(true);
    SQLiteDataSource source =
        new SQLiteDataSource(pragmas) {
          @Override
          public SQLiteConnection getConnection(String user, String password) throws SQLException {
            return (SQLiteConnection) hardened(super.getConnection(user, password));
          }
        };
    source.setUrl(url);
    return source;
  }

  private static SQLiteConfig common() {
    SQLiteConfig pragmas = new SQLiteConfig();
    pragmas.enableLoadExtension(false);
    pragmas.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    return pragmas;
  }

  private static Connection hardened(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Names the file itself, not its path: changes when another file takes the place. */
  @Override
  public Object identity() throws SQLException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new SQLException("the database file is gone", e);
    }
  }

  @Override
  public void checkpoint(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      // "Busy", a reader at work, is an answer and no error: the next one will do it.
      answer.next();
    }
  }

  @Override
  public void checkWhileInUse() throws SQLException {
    check.whileInUse();
  }

  @Override
  public void suspectDamage() {
    check.suspect();
  }

  @Override
  public List<String> alarms() {
    return check.alarms();
  }

  @Override
  public long walBytes() {
    Path wal = file.resolveSibling(file.getFileName() + "-wal");
    try {
      return Files.size(wal);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public long bytes(Connection writer) {
    try {
      return Files.size(file) + walBytes();
    } catch (IOException e) {
      return walBytes();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
