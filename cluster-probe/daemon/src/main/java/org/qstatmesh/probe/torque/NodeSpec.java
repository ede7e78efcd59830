package org.qstatmesh.probe.torque;

import org.qstatmesh.probe.pbs.Numbers;

/**
 * What a job asks for: {@code -l nodes}, such as {@code 2:ppn=16:cpu}, {@code 1:ppn=4+1:ppn=1},
 * {@code n007:ppn=60}, {@code 1:ppn=8:gpus=2}, {@code 4#shared}.
 *
 * @param nodes hosts asked for
 * @param slots cores in all
 * @param gpus GPUs in all
 */
record NodeSpec(int nodes, int slots, int gpus) {
  private static final String WHAT = "Resource_List.nodes";

  /**
   * Reads a specification.
   *
   * @throws IllegalArgumentException when a number in it is none
   */
  static NodeSpec parse(String spec) {
    int global = spec.indexOf('#');
    long nodes = 0;
    long slots = 0;
    long gpus = 0;
    for (String part : (global < 0 ? spec : spec.substring(0, global)).split("\\+", -1)) {
      String[] words = part.split(":", -1);
      // a part begins with how many nodes, or with the name of one
      Long asked = Numbers.parseLong(words[0]);
      long count = asked == null ? 1 : asked;
      nodes += Numbers.checkedCount(count, WHAT);
      slots += count * propertyOr(1, "ppn=", words);
      gpus += count * propertyOr(0, "gpus=", words);
    }
    return new NodeSpec(
        Numbers.checkedCount(nodes, WHAT),
        Numbers.checkedCount(slots, WHAT),
        Numbers.checkedCount(gpus, WHAT));
  }

  private static int propertyOr(int absent, String key, String[] words) {
    for (String word : words) {
      if (word.startsWith(key)) {
        return Numbers.parseCount(word.substring(key.length()), WHAT);
      }
    }
    return absent;
  }
}
