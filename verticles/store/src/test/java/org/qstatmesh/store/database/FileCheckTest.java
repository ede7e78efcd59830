package org.qstatmesh.store.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to damaged files. */
@Tag("file-only")
@Timeout(60)
class FileCheckTest {
  private static final FileCheck.Limits NO_BYTES = new FileCheck.Limits(0, Duration.ZERO);
  private static final FileCheck.Limits NO_TIME =
      new FileCheck.Limits(Long.MAX_VALUE, Duration.ZERO);

  @TempDir private Path directory;
  private Path file;

  /** What can have happened to a file. */
  private enum Damage {
    ZERO_LENGTH {
      @Override
      void doTo(Path file) throws IOException {
        truncate(file, 0);
      }
    },
    ONE_BYTE {
      @Override
      void doTo(Path file) throws IOException {
        truncate(file, 1);
      }
    },
    HALF {
      @Override
      void doTo(Path file) throws IOException {
        truncate(file, Files.size(file) / 2);
      }
    },
    NOT_A_DATABASE {
      @Override
      void doTo(Path file) throws IOException {
        Files.write(file, "This is a letter.\n".repeat(1_000).getBytes(StandardCharsets.UTF_8));
      }
    },
    HEADER_ONLY_LOOKS_GOOD {
      @Override
      void doTo(Path file) throws IOException {
        write(file, 100, random(7_000));
      }
    },
    TWO_RANDOM_PAGES {
      @Override
      void doTo(Path file) throws IOException {
        write(file, 20 * 4_096, random(4_096));
        write(file, 77 * 4_096, random(4_096));
      }
    };

    abstract void doTo(Path file) throws IOException;

    private static byte[] random(int bytes) {
      byte[] random = new byte[bytes];
      new Random(bytes).nextBytes(random);
      return random;
    }

    private static void truncate(Path file, long bytes) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(bytes);
      }
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        assertEquals(bytes.length, channel.write(ByteBuffer.wrap(bytes), at));
      }
    }
  }

  @BeforeEach
  void history() throws Exception {
    file = directory.resolve("history.db");
    Database whole = new SqliteDatabase(directory, file);
    whole.prepare();
    try (Connection connection = whole.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sample (number INTEGER PRIMARY KEY, body TEXT)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
              + " INSERT INTO sample SELECT i, hex(randomblob(100)) FROM n");
      statement.execute("CREATE INDEX sample_by_body ON sample (body)");
    }
    assertEquals(List.of(), whole.alarms());
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsPutAsideAndANewOneBegun(Damage damage) throws Exception {
    damage.doTo(file);
    byte[] before = Files.readAllBytes(file);

    Database database = new SqliteDatabase(directory, file);
    database.prepare();

    List<Path> aside = aside();
    assertEquals(1, aside.size(), aside::toString);
    assertTrue(
        aside.get(0).getFileName().toString().matches("history\\.db\\.damaged-\\d{8}T\\d{6}Z"));
    assertArrayEquals(before, Files.readAllBytes(aside.get(0)));
    assertFalse(Files.exists(file));
    assertEquals(1, database.alarms().size());
    assertTrue(
        database.alarms().get(0).contains(aside.get(0).getFileName().toString()),
        database.alarms()::toString);
    useAnew(database);

    Database later = new SqliteDatabase(directory, file);
    later.prepare();
    assertEquals(List.of(), later.alarms());
    assertEquals(aside, aside());
  }

  private static void useAnew(Database database) throws SQLException {
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sample (number INTEGER PRIMARY KEY)");
    }
  }

  @Test
  void whatIsAsideIsNeverOverwritten() throws Exception {
    Map<String, Integer> expected = new TreeMap<>();
    for (int i = 1; i <= 20; i++) {
      Files.write(file, new byte[i]);
      new SqliteDatabase(directory, file).prepare();
      expected.merge("bytes " + i, 1, Integer::sum);
    }
    Map<String, Integer> found = new TreeMap<>();
    for (Path path : aside()) {
      found.merge("bytes " + Files.size(path), 1, Integer::sum);
    }
    assertEquals(expected, found);
  }

  @Test
  void theLogGoesWithItsFile() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("killed")).resolve("history.db");
    try (Connection connection = new SqliteDatabase(directory, file).openForWriting();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO sample VALUES (4000, 'in the log')");
      Files.copy(file, copy);
      Files.copy(directory.resolve("history.db-wal"), copy.resolveSibling("history.db-wal"));
    }
    // A log whose database is gone: SQLite would delete it.
    byte[] log = Files.readAllBytes(copy.resolveSibling("history.db-wal"));
    assertTrue(log.length > 0);
    Files.delete(copy);

    Database database = new SqliteDatabase(copy.getParent(), copy);
    database.prepare();

    List<Path> aside = in(copy.getParent());
    assertEquals(1, aside.size(), aside::toString);
    assertTrue(aside.get(0).toString().endsWith("-wal"), aside::toString);
    assertArrayEquals(log, Files.readAllBytes(aside.get(0)));
    assertEquals(1, database.alarms().size());
  }

  @Test
  void aWholeFileWithALogStaysWithAllThatIsInTheLog() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("killed")).resolve("history.db");
    try (Connection connection = new SqliteDatabase(directory, file).openForWriting();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO sample VALUES (4000, 'in the log')");
      Files.copy(file, copy);
      Files.copy(directory.resolve("history.db-wal"), copy.resolveSibling("history.db-wal"));
    }

    Database database = new SqliteDatabase(copy.getParent(), copy);
    database.prepare();

    assertEquals(List.of(), in(copy.getParent()));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT body FROM sample WHERE number = 4000")) {
      assertTrue(answer.next());
      assertEquals("in the log", answer.getString(1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF", "TWO_RANDOM_PAGES"})
  void whatTakesTooLongAtStartIsFoundInUseAndPutAsideByTheNextStart(Damage damage)
      throws Exception {
    damage.doTo(file);
    Database large = new SqliteDatabase(directory, file, NO_BYTES);
    large.prepare();
    assertEquals(List.of(), aside());
    assertEquals(List.of(), large.alarms());

    SQLException found = assertThrows(SQLException.class, large::checkWhileInUse);

    assertEquals("XX001", found.getSQLState());
    assertEquals(1, large.alarms().size());
    Database next = new SqliteDatabase(directory, file, NO_BYTES);
    next.prepare();
    assertEquals(1, aside().size());
    assertEquals(1, next.alarms().size());
    assertFalse(Files.exists(directory.resolve("history.db.suspect")));
    next.checkWhileInUse();
  }

  @Test
  void aLookThatTakesTooLongIsGivenUpAndDoneInUse() throws Exception {
    Database slow = new SqliteDatabase(directory, file, NO_TIME);
    slow.prepare();
    Damage.TWO_RANDOM_PAGES.doTo(file);

    assertThrows(SQLException.class, slow::checkWhileInUse);
  }

  @Test
  void whoMustStopStopsLooking() throws Exception {
    Database large = new SqliteDatabase(directory, file, NO_BYTES);
    large.prepare();
    Thread.currentThread().interrupt();
    large.checkWhileInUse();
    assertTrue(Thread.interrupted());
    Damage.TWO_RANDOM_PAGES.doTo(file);

    assertThrows(SQLException.class, large::checkWhileInUse);
  }

  @Test
  void aWholeFileThatIsSuspectedStays() throws Exception {
    Database database = new SqliteDatabase(directory, file, NO_BYTES);
    database.suspectDamage();
    database.prepare();

    database.checkWhileInUse();

    assertEquals(List.of(), aside());
    assertEquals(List.of(), database.alarms());
    assertFalse(Files.exists(directory.resolve("history.db.suspect")));
  }

  @Test
  void aFileThatIsLockedIsNotDamaged() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("INSERT INTO sample VALUES (4000, '')");

      Database database = new SqliteDatabase(directory, file);
      assertThrows(SQLException.class, database::prepare);

      assertEquals(List.of(), aside());
    }
  }

  private List<Path> aside() throws IOException {
    return in(directory);
  }

  private static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.toString().contains(".damaged-")).sorted().toList();
    }
  }
}
