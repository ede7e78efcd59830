package org.qstatmesh.store.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.qstatmesh.bus.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Looks whether a file is a whole database before anything is written to it. One that is not is
 * moved aside with its log, under a name with the time; it is never deleted and never put over
 * another. What cannot be opened or read for other reasons is left where it is.
 */
final class FileCheck {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Steps of SQLite's machine between two looks at the clock: less than a millisecond. */
  private static final int STEPS = 1_000;

  private static final Duration UNLIMITED = Duration.ofDays(1_000);

  /** The smallest page. SQLite takes a file of one byte for an empty one. */
  private static final int SHORTEST_DATABASE_BYTES = 512;

  /** SQLSTATE, in PostgreSQL. */
  private static final String DATA_CORRUPTED = "XX001";

  private static final List<String> BESIDE = List.of("-wal", "-shm");
  private static final Logger LOG = LoggerFactory.getLogger(FileCheck.class);

  private final Path file;
  private final Path mark;
  private final Opener opener;
  private final Limits limits;
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private volatile boolean unchecked;

  /** Opens the file as it is. */
  interface Opener {
    Connection open() throws SQLException;
  }

  /**
   * What a start waits for.
   *
   * @param bytes larger files are not looked at before they are used
   * @param time after it a look is given up
   */
  record Limits(long bytes, Duration time) {
    /** A cold disk reads 100 MB a second. */
    static final Limits USUAL = new Limits(2L << 30, Duration.ofSeconds(20));
  }

  FileCheck(Path file, Opener opener, Limits limits) {
    this.file = file;
    this.mark = beside(".suspect");
    this.opener = opener;
    this.limits = limits;
  }

  /** Before the first use: leaves a whole file, or none. */
  void atStart() throws IOException, SQLException {
    if (!Files.exists(file)) {
      if (bytesOf(beside("-wal")) > 0) {
        putAside("it is gone, but its log is there");
      }
    } else if (Files.size(file) < SHORTEST_DATABASE_BYTES) {
      putAside(Files.size(file) == 0 ? "it is empty" : "it is shorter than any database");
    } else if (Files.exists(mark)) {
      settle(damage("PRAGMA integrity_check(1)", UNLIMITED));
    } else if (Files.size(file) <= limits.bytes()) {
      settle(damage("PRAGMA quick_check(1)", limits.time()));
    } else {
      unchecked = true;
    }
    if (unchecked) {
      LOG.info("{} is large: whether it is whole is looked at while it is used", file);
    }
  }

  private void settle(Optional<String> damage) throws IOException {
    if (damage.isPresent()) {
      putAside(damage.get());
    }
    Files.deleteIfExists(mark);
  }

  /**
   * Looks at what was not looked at before; blocks for minutes, until the thread is interrupted.
   *
   * @throws SQLException it is damaged, and the next start will put it aside
   */
  void whileInUse() throws SQLException {
    if (!unchecked) {
      return;
    }
    unchecked = false;
    Optional<String> damage = damage("PRAGMA quick_check(1)", UNLIMITED);
    if (damage.isPresent()) {
      alarms.add("the history's file is damaged: " + damage.get());
      suspect();
      throw new SQLException(file + " is damaged: " + damage.get(), DATA_CORRUPTED);
    }
  }

  /** Has the next start look thoroughly, however long that takes. */
  void suspect() {
    try {
      Files.writeString(mark, "The next start checks this file thoroughly.\n");
    } catch (IOException e) {
      LOG.warn("{} cannot be written, the next start will not check the file", mark, e);
    }
  }

  List<String> alarms() {
    return List.copyOf(alarms);
  }

  /** The first damage found, as SQLite words it; none too when time or thread were stopped. */
  private Optional<String> damage(String pragma, Duration time) throws SQLException {
    long started = System.nanoTime();
    try (Connection connection = opener.open()) {
      ProgressHandler.setHandler(connection, STEPS, new TimeLimit(started + time.toNanos()));
      try (Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery(pragma)) {
        String first = answer.next() ? answer.getString(1) : "it says nothing of itself";
        return "ok".equals(first) ? Optional.empty() : Optional.of(Printable.escape(first));
      }
    } catch (SQLiteException e) {
      // An extended code carries its primary code in the low byte.
      return switch (SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xFF)) {
        case SQLITE_CORRUPT, SQLITE_NOTADB -> Optional.of(Printable.escape(e.getMessage()));
        case SQLITE_INTERRUPT -> {
          unchecked = true;
          yield Optional.empty();
        }
        default -> throw e;
      };
    }
  }

  private static final class TimeLimit extends ProgressHandler {
    private final long endNanos;

    TimeLimit(long endNanos) {
      this.endNanos = endNanos;
    }

    @Override
    protected int progress() {
      boolean stop = System.nanoTime() - endNanos > 0 || Thread.currentThread().isInterrupted();
      return stop ? 1 : 0;
    }
  }

  /** The log first: SQLite deletes a log whose database is gone. */
  private void putAside(String why) throws IOException {
    Path aside = freeName();
    for (String suffix : BESIDE) {
      if (Files.exists(beside(suffix))) {
        Files.move(beside(suffix), aside.resolveSibling(aside.getFileName() + suffix));
      }
    }
    if (Files.exists(file)) {
      Files.move(file, aside);
    }
    try (FileChannel directory =
        FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
      directory.force(true);
    }
    LOG.error(
        "{} was damaged: {}. It is {} now, and a new history was begun. What can be saved of it:"
            + " sqlite3 {} .recover | sqlite3 NEW.db",
        file,
        why,
        aside,
        aside);
    alarms.add(
        "the history's file was damaged and is "
            + aside.getFileName()
            + " now; a new history was begun, the log says what can be saved");
  }

  private Path freeName() {
    String name = file.getFileName() + ".damaged-" + TIME.format(Instant.now());
    Path aside = file.resolveSibling(name);
    for (int i = 2; isTaken(aside); i++) {
      aside = file.resolveSibling(name + "-" + i);
    }
    return aside;
  }

  private static boolean isTaken(Path aside) {
    return Files.exists(aside)
        || BESIDE.stream()
            .anyMatch(suffix -> Files.exists(aside.resolveSibling(aside.getFileName() + suffix)));
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static long bytesOf(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }
}
