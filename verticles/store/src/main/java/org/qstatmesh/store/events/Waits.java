package org.qstatmesh.store.events;

import java.util.Arrays;

/**
 * How long tasks waited: each wait as it is, or, of days that were summarised and where there are
 * very many, counts by class. A class is 10 % wide and stands for its middle, so that what is read
 * from it is wrong by 5 % at most. One thread.
 */
final class Waits {
  /** Upper end of a class by its lower: a middle is then 5 % from both. */
  private static final double WIDTH = 1.05 / 0.95;

  private static final double LOG_WIDTH = Math.log(WIDTH);

  /**
   * A class for 0 s, then one for each power of the width; 300 of them hold three million years.
   */
  private static final int MOST_CLASSES = 320;

  private static final int TASK_BITS = 20;
  private static final long MOST_TASKS = (1L << TASK_BITS) - 1;

  /** 136,000 years, so that a wait and its tasks fit a long. */
  private static final long LONGEST_SECONDS = (1L << 42) - 1;

  /** A wait, 20 bits of tasks behind it. */
  private long[] exact = new long[16];

  private int exactSize;
  private long[] classes = {};
  private long count;

  static int classOf(long seconds) {
    if (seconds <= 0) {
      return 0;
    }
    int power = (int) Math.ceil(Math.log((double) seconds) / LOG_WIDTH - 1e-9);
    return Math.min(MOST_CLASSES, 1 + Math.max(0, power));
  }

  static long secondsOf(int waitClass) {
    if (waitClass == 0) {
      return 0;
    }
    return Math.round(2 * Math.pow(WIDTH, waitClass - 1) / (WIDTH + 1));
  }

  void add(long seconds, long tasks) {
    count += tasks;
    long wait = Math.max(0, Math.min(LONGEST_SECONDS, seconds));
    for (long left = tasks; left > 0; left -= MOST_TASKS) {
      if (exactSize == exact.length) {
        exact = Arrays.copyOf(exact, exactSize * 2);
      }
      exact[exactSize++] = wait << TASK_BITS | Math.min(left, MOST_TASKS);
    }
  }

  void addClass(int waitClass, long tasks) {
    count += tasks;
    addToClass(waitClass, tasks);
  }

  private void addToClass(int waitClass, long tasks) {
    if (waitClass < 0 || waitClass > MOST_CLASSES) {
      throw new IllegalArgumentException("a day of the history is damaged: a wait of no class");
    }
    if (waitClass >= classes.length) {
      classes = Arrays.copyOf(classes, Math.min(MOST_CLASSES + 1, waitClass + 32));
    }
    classes[waitClass] += tasks;
  }

  void addAll(Waits other) {
    count += other.count;
    if (exactSize + other.exactSize > exact.length) {
      exact = Arrays.copyOf(exact, Math.max(exactSize + other.exactSize, exact.length * 2));
    }
    System.arraycopy(other.exact, 0, exact, exactSize, other.exactSize);
    exactSize += other.exactSize;
    for (int code = other.classes.length - 1; code >= 0; code--) {
      if (other.classes[code] > 0) {
        addToClass(code, other.classes[code]);
      }
    }
  }

  /** Gives up what each one was for what is counted. */
  void putIntoClasses() {
    for (int i = 0; i < exactSize; i++) {
      addToClass(classOf(exact[i] >>> TASK_BITS), exact[i] & MOST_TASKS);
    }
    exact = new long[16];
    exactSize = 0;
  }

  /** How many longs the waits themselves take. */
  int exactSize() {
    return exactSize;
  }

  /** Takes the classes that are not empty, shortest first. */
  interface ClassVisitor {
    void visit(int waitClass, long tasks);
  }

  /** Shows what was put into classes. */
  void forEachClass(ClassVisitor visitor) {
    for (int code = 0; code < classes.length; code++) {
      if (classes[code] > 0) {
        visitor.visit(code, classes[code]);
      }
    }
  }

  /** How many tasks. */
  long count() {
    return count;
  }

  /**
   * The waits that so many hundredths of the tasks, rounded up, did not exceed.
   *
   * @param percents ascending
   */
  long[] percentiles(int... percents) {
    Arrays.sort(exact, 0, exactSize);
    long[] answer = new long[percents.length];
    Walk walk = new Walk();
    for (int i = 0; i < percents.length; i++) {
      long rank =
          Math.max(1, (count / 100) * percents[i] + ((count % 100) * percents[i] + 99) / 100);
      answer[i] = walk.upTo(rank);
    }
    return answer;
  }

  /** Goes through both kinds of waits, shortest first. */
  private final class Walk {
    private int nextExact;
    private int nextClass;
    private long passed;
    private long seconds;

    long upTo(long rank) {
      while (passed < rank && (nextExact < exactSize || nextClass < classes.length)) {
        if (nextClass < classes.length && classes[nextClass] == 0) {
          nextClass++;
          continue;
        }
        long one = nextExact < exactSize ? exact[nextExact] >>> TASK_BITS : Long.MAX_VALUE;
        long other = nextClass < classes.length ? secondsOf(nextClass) : Long.MAX_VALUE;
        seconds = Math.min(one, other);
        passed += one <= other ? exact[nextExact++] & MOST_TASKS : classes[nextClass++];
      }
      return seconds;
    }
  }
}
