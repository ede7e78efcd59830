package org.qstatmesh.probe.openpbs;

import org.qstatmesh.probe.pbs.Numbers;

/**
 * What a job was given: {@code exec_vnode}, such as {@code
 * (n001:ncpus=4:mem=2gb)+(n007[0]:ncpus=50+n007[1]:ncpus=50)}.
 *
 * @param slots cores in all
 * @param gpus GPUs in all
 */
record ExecVnode(int slots, int gpus) {
  private static final String WHAT = "exec_vnode";

  /**
   * Adds up the chunks.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  static ExecVnode parse(String value) {
    if (!value.startsWith("(") || !value.endsWith(")")) {
      throw new IllegalArgumentException(WHAT + " is not in brackets");
    }
    long slots = 0;
    long gpus = 0;
    for (String part : value.split("\\+", -1)) {
      int from = part.startsWith("(") ? 1 : 0;
      int to = part.endsWith(")") ? part.length() - 1 : part.length();
      String[] words = part.substring(from, Math.max(from, to)).split(":", -1);
      if (words[0].isEmpty()) {
        throw new IllegalArgumentException(WHAT + " names no vnode");
      }
      for (String word : words) {
        slots += given("ncpus=", word);
        gpus += given("ngpus=", word);
      }
    }
    return new ExecVnode(Numbers.checkedCount(slots, WHAT), Numbers.checkedCount(gpus, WHAT));
  }

  private static int given(String resource, String word) {
    return word.startsWith(resource)
        ? Numbers.parseCount(word.substring(resource.length()), WHAT)
        : 0;
  }
}
