package org.qstatmesh.it.year;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.wire.Visibility;

/**
 * A cluster whose people work as people do: some weeks and others not, by day more than by night,
 * jobs of log-normal lengths, many at once. A number of it changes only when a job comes, starts or
 * ends.
 */
public final class YearCluster {
  /** People of each cluster. */
  public static final int PERSONS = 60;

  /** Groups of each cluster. */
  public static final int GROUPS = 10;

  private static final long MINUTE_MILLIS = 60_000;
  private static final int WEEK_MINUTES = 7 * 1_440;
  private static final int UNSEEN_MINUTES = 14 * 1_440;
  private static final int LONGEST_MINUTES = 7 * 1_440;
  private static final int LONG_MINUTES = 1_440;
  private static final int SHORT_MINUTES = 60;
  private static final double LOAD = 0.85;
  private static final double HELD_SHARE = 0.03;
  private static final int MOST_JOBS_OF_A_PERSON = 100;

  private final String cluster;
  private final long seed;
  private final SplittableRandom random;
  private final Machine machine;
  private final List<Person> persons = new ArrayList<>();
  private final String boot;
  private long minute;
  private long taken;
  private int down;
  private int offline;

  private YearCluster(int number, long firstMinute) {
    cluster = "hpc" + (number + 1);
    seed = 0x5EEDL + 7_919L * number;
    random = new SplittableRandom(seed);
    machine = new Machine(24 + 8 * number, PERSONS, GROUPS);
    boot = String.format("%04x", random.nextInt(1 << 16));
    minute = firstMinute;
    for (int i = 0; i < PERSONS; i++) {
      persons.add(Person.of(i, GROUPS, machine.slots() * LOAD / PERSONS, random));
    }
  }

  /**
   * A cluster that is seen first at a minute since the epoch, and that people use for long.
   *
   * @param number 0 to 19; gives it its name, its size and its people
   */
  public static YearCluster inUse(int number, long firstMinute) {
    YearCluster cluster = new YearCluster(number, firstMinute - UNSEEN_MINUTES);
    for (int i = 0; i < UNSEEN_MINUTES; i++) {
      cluster.pass();
      cluster.minute++;
    }
    return cluster;
  }

  /** Its id. */
  public String cluster() {
    return cluster;
  }

  /** What a poller publishes at this minute, and goes on to the next. */
  public ClusterSummary next() {
    pass();
    // A poll is answered within a quarter of a second, by a collection that ended just before.
    long observed = minute * MINUTE_MILLIS + (seed * 1_009) % MINUTE_MILLIS + random.nextInt(250);
    long received = observed + 20 + random.nextInt(300);
    minute++;
    return new ClusterSummary(
        cluster,
        "Cluster " + cluster,
        "slurm",
        "23.11.4",
        "login1." + cluster,
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        boot + "-" + ++taken,
        observed,
        received,
        190_000,
        machine.jobs(),
        machine.slots(down + offline),
        machine.gpus(),
        machine.nodes(down, offline),
        machine.usage(),
        machine.waiting(),
        machine.queues());
  }

  private void pass() {
    long week = minute / WEEK_MINUTES;
    double rhythm = Rhythm.of(minute) / 60;
    for (Person person : persons) {
      if (random.nextDouble() < person.bundlesAnHour() * rhythm && person.isActive(week, seed)) {
        submit(person);
      }
    }
    if (random.nextInt(2_880) == 0) {
      down = random.nextInt(3);
      offline = random.nextInt(4);
    }
    machine.pass(minute, down + offline);
  }

  private void submit(Person person) {
    int jobs = 1 + random.nextInt(2 * person.bundleJobs());
    for (int i = 0; i < jobs && machine.jobsOf(person) < MOST_JOBS_OF_A_PERSON; i++) {
      int length = lengthMinutes(person);
      Job job =
          new Job(person, queue(person, length), person.jobSlots(), person.jobGpus(), length, 0);
      if (random.nextDouble() < HELD_SHARE) {
        machine.hold(job.due(minute + lengthMinutes(person)));
      } else {
        machine.submit(job);
      }
    }
  }

  private int lengthMinutes(Person person) {
    double length = person.medianMinutes() * Math.exp(Person.LENGTH_SIGMA * random.nextGaussian());
    return (int) Math.max(1, Math.min(LONGEST_MINUTES, length));
  }

  private static int queue(Person person, int lengthMinutes) {
    if (person.jobGpus() > 0) {
      return 3;
    }
    if (lengthMinutes < SHORT_MINUTES) {
      return 1;
    }
    return lengthMinutes > LONG_MINUTES ? 2 : 0;
  }
}
