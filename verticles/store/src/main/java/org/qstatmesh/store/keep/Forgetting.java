package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.events.EventForgetting;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.row.RowWriter;

/**
 * Gives what is kept under a login to nobody's name, and deletes the name. First of all the name
 * gives way to a word that says nothing, so that no answer shows it from then on, and so that its
 * number is given to nobody else before the last chunk is free of it. What was begun before the
 * stage ended is found by these words. Knows no transactions: who calls it has one. One thread.
 */
final class Forgetting implements AutoCloseable {
  private static final String WORD_BEGINS = "(forgotten ";
  private static final int ROWS_AT_ONCE = 200;
  private static final int USER_KIND = Part.USER.code();

  private final ChunkTable chunks;
  private final Compacted compacted;
  private final Damage damage;
  private final EventForgetting events;
  private final PreparedStatement rename;
  private final PreparedStatement number;
  private final PreparedStatement begun;
  private final PreparedStatement deleteWord;
  private final LiveRows rows;
  private final RowWriter writer = new RowWriter();

  Forgetting(
      Connection connection, ChunkTable chunks, Compacted compacted, Damage damage, LiveRows rows)
      throws SQLException {
    this.rows = rows;
    this.chunks = chunks;
    this.compacted = compacted;
    this.damage = damage;
    events = new EventForgetting(connection);
    String word = " word WHERE cluster_number = ? AND kind = " + USER_KIND;
    number = connection.prepareStatement("SELECT number FROM" + word + " AND word = ?");
    rename =
        connection.prepareStatement(
            "UPDATE word SET word = ? WHERE cluster_number = ? AND kind = "
                + USER_KIND
                + " AND number = ?");
    begun = connection.prepareStatement("SELECT number FROM" + word + " AND word LIKE ?");
    deleteWord = connection.prepareStatement("DELETE FROM" + word + " AND number = ?");
  }

  /** Someone to be forgotten on one cluster. */
  record Person(int cluster, int number) {}

  /** Takes the name away on every cluster that knows it. */
  List<Person> begin(String login) throws SQLException {
    List<Person> persons = new ArrayList<>();
    for (int cluster : compacted.clusters()) {
      for (int user : numbers(number, cluster, login)) {
        rename.setString(1, WORD_BEGINS + user + ")");
        rename.setInt(2, cluster);
        rename.setInt(3, user);
        rename.executeUpdate();
        persons.add(new Person(cluster, user));
      }
    }
    return persons;
  }

  /** Whose name was taken away, and nothing more. */
  List<Person> begun() throws SQLException {
    List<Person> persons = new ArrayList<>();
    for (int cluster : compacted.clusters()) {
      for (int user : numbers(begun, cluster, WORD_BEGINS + "%")) {
        persons.add(new Person(cluster, user));
      }
    }
    return persons;
  }

  private static List<Integer> numbers(PreparedStatement statement, int cluster, String word)
      throws SQLException {
    statement.setInt(1, cluster);
    statement.setString(2, word);
    List<Integer> numbers = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
    }
    return numbers;
  }

  /** What is done with one person, a little at a time. */
  Work work(Person person) {
    return new Work(person);
  }

  /**
   * Rows first, because they become chunks; then samples, because they become steps; then steps,
   * shortest first; then events.
   */
  final class Work {
    private final Person person;
    private final List<Integer> steps = new ArrayList<>(List.of(0));
    private long rowNumber = Long.MIN_VALUE;
    private boolean rowsDone;
    private long chunkMillis = Long.MIN_VALUE;
    private long rewritten;
    private final EventForgetting.Work eventWork;

    private Work(Person person) {
      this.person = person;
      eventWork = events.work(person.cluster(), person.number());
      // Also those that are kept no longer: what they held of a person is still there.
      steps.addAll(Step.LENGTHS);
    }

    int cluster() {
      return person.cluster();
    }

    /** How many chunks were written anew so far. */
    long rewritten() {
      return rewritten;
    }

    /** How many events lost their owner so far. */
    long events() {
      return eventWork.events();
    }

    /** Does a little; returns whether that was the last. */
    boolean step() throws SQLException {
      if (!rowsDone) {
        rowsDone = !forgetInRows();
        return false;
      }
      if (!steps.isEmpty()) {
        forgetInChunks();
        return false;
      }
      if (!eventWork.step()) {
        return false;
      }
      deleteWord.setInt(1, person.cluster());
      deleteWord.setInt(2, person.number());
      deleteWord.executeUpdate();
      return true;
    }

    private boolean forgetInRows() throws SQLException {
      Map<Long, byte[]> some = rows.next(person.cluster(), rowNumber, ROWS_AT_ONCE);
      for (Map.Entry<Long, byte[]> row : some.entrySet()) {
        rowNumber = row.getKey();
        RowSample sample = open(row.getValue());
        long[] users = sample == null ? null : sample.values().get(Part.USER);
        if (users != null && PersonRemoval.ofRow(users, person.number())) {
          rows.update(rowNumber, writer.write(sample));
        }
      }
      return !some.isEmpty();
    }

    /** Null of what is damaged: it will be told when its hour is put together, and is gone then. */
    private static RowSample open(byte[] body) {
      try {
        return RowReader.sample("", body);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private void forgetInChunks() throws SQLException {
      int step = steps.get(0);
      List<Long> starts = chunks.next(person.cluster(), Part.USER, step, chunkMillis, 20);
      for (long start : starts) {
        byte[] body = chunks.find(person.cluster(), Part.USER, step, start);
        var chunk = damage.open(body, person.cluster(), Part.USER, step, start);
        byte[] without = chunk == null ? null : PersonRemoval.ofChunk(chunk, person.number());
        if (without != null) {
          chunks.put(person.cluster(), Part.USER, step, start, without);
          rewritten++;
        }
        chunkMillis = start;
      }
      if (starts.isEmpty()) {
        steps.remove(0);
        chunkMillis = Long.MIN_VALUE;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    events.close();
    rename.close();
    number.close();
    begun.close();
    deleteWord.close();
  }
}
