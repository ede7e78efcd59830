package org.qstatmesh.store;

import java.nio.file.Path;
import java.util.List;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.PostgresDatabase;
import org.qstatmesh.store.database.SqliteDatabase;

/**
 * Where the history is kept. The constructor throws {@link IllegalArgumentException}, worded for
 * the person who wrote the configuration, for a URL that this release does not serve.
 *
 * @param node name of this mesh node, for logs
 * @param url {@code jdbc:sqlite:NAME}; NAME is a file in the data directory, or an absolute path;
 *     no parameters, nothing in memory, no resource. Or {@code
 *     jdbc:postgresql://HOST:PORT/DATABASE} with parameters that are harmless: {@code ssl…}, {@code
 *     currentSchema} and the like
 * @param dataDirectory made with mode 0700 when it does not exist
 * @param retention how long what is kept
 * @param login who logs in at a database server; null with a file
 */
public record StoreConfig(
    String node, String url, Path dataDirectory, Retention retention, Login login) {
  /** Makes the data directory absolute and checks the URL. */
  public StoreConfig {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    StoreUrl.check(url, dataDirectory);
  }

  /** A file, kept as long as is usual. */
  public StoreConfig(String node, String url, Path dataDirectory) {
    this(node, url, dataDirectory, Retention.USUAL, null);
  }

  /**
   * How long what is kept.
   *
   * @param rawDays every sample; at least 2, because a probe hands in what it counted in the last
   *     24 hours
   * @param steps longer steps, shortest first, each a multiple of the one before it
   * @param personDays rows about persons (by user), in every step: after them only groups, accounts
   *     and queues
   * @param eventDays what happened to single jobs and nodes; after them counts and waits a day
   */
  public record Retention(int rawDays, List<Step> steps, int personDays, int eventDays) {
    /** What is usual: 30 days, 5 minutes for two years, hours for ever; persons for two years. */
    public static final Retention USUAL =
        new Retention(30, List.of(new Step(300, 730), new Step(3_600, null)), 730, 90);

    /** Copies the list and refuses what cannot be kept. */
    public Retention {
      steps = List.copyOf(steps);
      check(rawDays, steps, personDays, eventDays);
    }

    private static void check(int rawDays, List<Step> steps, int personDays, int eventDays) {
      if (rawDays < 2 || personDays < 1 || eventDays < 1) {
        throw new IllegalArgumentException(
            "store.retention: rawDays is 2 or more, personDays and eventDays 1 or more");
      }
      int before = 1;
      for (Step step : steps) {
        if (step.seconds() <= 1 || step.seconds() % before != 0 || step.seconds() == before) {
          throw new IllegalArgumentException(
              "store.retention.steps: each step is a multiple of the one before it, "
                  + step.seconds()
                  + " is not of "
                  + before);
        }
        before = step.seconds();
      }
    }
  }

  /**
   * Samples put together.
   *
   * @param seconds length: 60, 120, 300, 600, 900, 1200, 1800 or 3600
   * @param days how long; null for ever
   */
  public record Step(int seconds, Integer days) {
    /** All lengths there are. What was kept of one stays when it is taken out of the list. */
    public static final List<Integer> LENGTHS =
        List.of(60, 120, 300, 600, 900, 1_200, 1_800, 3_600);

    /** Refuses what is no step. */
    public Step {
      if (!LENGTHS.contains(seconds)) {
        throw new IllegalArgumentException(
            "store.retention.steps: " + seconds + " seconds is none of " + LENGTHS);
      }
      if (days != null && days < 1) {
        throw new IllegalArgumentException("store.retention.steps: days is 1 or more, or null");
      }
    }
  }

  /**
   * Who logs in at a database server.
   *
   * @param user its role there; null for the name of the operating system's user
   * @param passwordFile its first line is the password; null for none
   */
  public record Login(String user, Path passwordFile) {}

  /** The database that the URL names; opens nothing. */
  Database database() {
    if (!StoreUrl.isServer(url)) {
      return new SqliteDatabase(dataDirectory, databaseFile());
    }
    return new PostgresDatabase(
        url,
        login == null ? null : login.user(),
        login == null ? null : login.passwordFile(),
        node);
  }

  /** The database's file, absolute; null when a server keeps it. */
  Path databaseFile() {
    return StoreUrl.isServer(url) ? null : StoreUrl.file(url, dataDirectory);
  }
}
