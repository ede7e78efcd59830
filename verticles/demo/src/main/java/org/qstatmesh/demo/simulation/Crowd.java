package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The people of one cluster and who of them is busy: some submit much for two days, then others do.
 */
final class Crowd {
  private static final double MEMBERSHIP = 0.6;
  private static final int SMALLEST = 6;
  private static final long SPELL_SECONDS = 2 * 86_400;
  private static final double IDLE = 0.4;

  private final List<Person> members = new ArrayList<>();
  private final long seed;
  private final String always;
  private long spell = Long.MIN_VALUE;
  private double[] weights = {};
  private double sum;

  /**
   * People drawn by a seed.
   *
   * @param always login of somebody who is on the cluster and never idle; null for nobody
   */
  Crowd(long seed, String always) {
    this.seed = seed;
    this.always = always;
    SplittableRandom random = new SplittableRandom(seed);
    List<Person> everybody = Person.everybody();
    for (Person person : everybody) {
      boolean drawn = random.nextDouble() < MEMBERSHIP;
      if (drawn || person.login().equals(always)) {
        members.add(person);
      }
    }
    for (int i = 0; members.size() < SMALLEST; i++) {
      if (!members.contains(everybody.get(i))) {
        members.add(everybody.get(i));
      }
    }
  }

  /** Who submits now. */
  Person draw(SplittableRandom random, long now) {
    if (Math.floorDiv(now, SPELL_SECONDS) != spell) {
      spell = Math.floorDiv(now, SPELL_SECONDS);
      weigh();
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return members.get(i);
      }
    }
    return members.get(members.size() - 1);
  }

  private void weigh() {
    SplittableRandom random = new SplittableRandom(seed + spell);
    weights = new double[members.size()];
    sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double zeal = random.nextDouble();
      double weight = zeal < IDLE ? 0.1 : 3 * zeal * zeal;
      weights[i] = members.get(i).login().equals(always) ? Math.max(1, weight) : weight;
      sum += weights[i];
    }
  }
}
