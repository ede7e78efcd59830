package org.qstatmesh.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.wire.NodeState;

@Timeout(60)
class EventBodyTest {
  private static final long DAY = 20_780;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long NOON = DAY * DAY_MILLIS + DAY_MILLIS / 2;

  private static final List<JobChange> CHANGES = List.of(JobChange.values());
  private static final List<NodeState> STATES = List.of(NodeState.values());

  /** What a visitor saw. */
  private static final class Seen implements EventBody.Visitor {
    private final List<JobEvent> jobs = new ArrayList<>();
    private final List<NodeEvent> nodes = new ArrayList<>();
    private long omitted;

    @Override
    public void job(StoredJob job) {
      jobs.add(job.event(name(job.owner()), name(job.queue()), name(job.account())));
    }

    @Override
    public void node(NodeEvent node) {
      nodes.add(node);
    }

    @Override
    public void omitted(long changes) {
      omitted += changes;
    }

    private static String name(int number) {
      return number == 0 ? null : "n" + number;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatWasPutIsReadBack(long seed) throws Exception {
    Random random = new Random(seed);
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    List<JobEvent> jobs = new ArrayList<>();
    List<NodeEvent> nodes = new ArrayList<>();
    for (int body = 0; body < 40; body++) {
      long observed = DAY * DAY_MILLIS + random.nextLong(DAY_MILLIS);
      List<JobEvent> some = new ArrayList<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        some.add(job(random, observed));
      }
      List<NodeEvent> nodesOfIt = List.of(node(random, observed), node(random, observed));
      jobs.addAll(some);
      nodes.addAll(nodesOfIt);
      bodies.write(EventBody.encode(observed, stored(some), nodesOfIt, 3));
    }
    Seen seen = new Seen();
    EventBody.read(bodies.toByteArray(), DAY, seen);
    assertEquals(jobs, seen.jobs);
    assertEquals(nodes, seen.nodes);
    assertEquals(120, seen.omitted);
  }

  @Test
  void anUsualEventTakesLittle() {
    List<JobEvent> jobs = new ArrayList<>();
    long now = NOON / 1_000;
    for (int i = 0; i < 100; i++) {
      String id = 8_812_345 + 3 * i + ".login1.cluster.example";
      jobs.add(
          new JobEvent(
              JobChange.STARTED,
              NOON,
              id,
              "n7",
              "n2",
              "n12",
              1,
              64,
              now - 9_000 - i,
              now - 9L,
              null,
              8_991L + i));
      jobs.add(
          new JobEvent(
              JobChange.FINISHED,
              NOON,
              id,
              "n7",
              "n2",
              "n12",
              1,
              64,
              now - 90_000L,
              now - 40_000L,
              now,
              null));
    }
    int bytes = EventBody.encode(NOON, stored(jobs), List.of(), 0).length;
    assertTrue(bytes / jobs.size() <= 16, bytes + " bytes for " + jobs.size() + " events");
  }

  @Test
  void damageIsNoticed() {
    byte[] body =
        EventBody.encode(
            NOON,
            stored(List.of(job(new Random(1), NOON), job(new Random(2), NOON))),
            List.of(node(new Random(3), NOON)),
            0);
    for (int length = 1; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(IllegalArgumentException.class, () -> EventBody.read(cut, DAY, new Seen()));
    }
    body[1] = 2;
    assertThrows(IllegalArgumentException.class, () -> EventBody.read(body, DAY, new Seen()));
  }

  @Test
  void theNewestAreKept() {
    List<JobEvent> jobs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      jobs.add(submitted(Integer.toString(i), "n" + (1 + i % 2), NOON + i));
    }
    NewestEvents all = new NewestEvents(3, null);
    EventBody.read(EventBody.encode(NOON + 50, stored(jobs), List.of(), 0), DAY, all);
    assertEquals(List.of(49L, 48L, 47L), all.jobs().stream().map(StoredJob::idNumber).toList());
    assertTrue(all.more());
    NewestEvents ofOne = new NewestEvents(25, 1);
    EventBody.read(
        EventBody.encode(NOON + 50, stored(jobs), List.of(node(new Random(1), NOON)), 0),
        DAY,
        ofOne);
    assertEquals(25, ofOne.jobs().size());
    assertEquals(List.of(), ofOne.nodes());
    assertEquals(false, ofOne.more());
  }

  private static JobEvent submitted(String id, String owner, long at) {
    return new JobEvent(
        JobChange.SUBMITTED, at, id, owner, null, null, 1, 4, null, null, null, null);
  }

  private static List<StoredJob> stored(List<JobEvent> jobs) {
    return jobs.stream()
        .map(
            job ->
                StoredJob.of(
                    job,
                    number(job.jobOwner()),
                    number(job.queueName()),
                    number(job.accountingId())))
        .toList();
  }

  private static int number(String name) {
    return name == null ? 0 : Integer.parseInt(name.substring(1));
  }

  private static JobEvent job(Random random, long observed) {
    String[] ends = {".login1", ".login1", ".login1", "", "[7].login1", "_4", ".x"};
    String[] odd = {"", "007.login1", "abc", "99999999999999999999", "-5", "ü\u0000"};
    return new JobEvent(
        CHANGES.get(random.nextInt(3)),
        random.nextInt(4) == 0 ? observed - random.nextInt(90_000) : observed,
        random.nextInt(5) == 0
            ? odd[random.nextInt(odd.length)]
            : random.nextInt(9_000_000) + ends[random.nextInt(ends.length)],
        name(random),
        name(random),
        name(random),
        random.nextBoolean() ? 1 : 1 + random.nextInt(100_000),
        random.nextInt(4) == 0 ? -1 : random.nextInt(2_000),
        time(random, observed),
        time(random, observed),
        time(random, observed),
        time(random, 0));
  }

  private static String name(Random random) {
    return random.nextInt(4) == 0 ? null : "n" + (1 + random.nextInt(300));
  }

  private static Long time(Random random, long around) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> random.nextLong();
      default -> around / 1_000 - random.nextInt(100_000);
    };
  }

  private static NodeEvent node(Random random, long observed) {
    return new NodeEvent(
        observed - random.nextInt(3),
        "n" + random.nextInt(1_000),
        random.nextInt(3) == 0 ? null : STATES.get(random.nextInt(STATES.size())),
        random.nextInt(3) == 0 ? null : STATES.get(random.nextInt(STATES.size())),
        random.nextBoolean() ? null : "ünplugged");
  }
}
