package org.qstatmesh.probe.slurm;

import java.util.function.Predicate;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * GPUs in lists of resources: {@code gres:gpu:a100:1} and {@code gres/gpu:2} (asked for each node),
 * {@code gpu:a100:4(S:0-1)} (what a node has), {@code cpu=8,gres/gpu=2,gres/gpu:a100=2} (TRES).
 */
final class Gpus {
  private static final String WHAT = "gpu";

  private Gpus() {}

  /**
   * The count in a list; 0 when no GPU is in it.
   *
   * @throws IllegalArgumentException when its count is none
   */
  static int in(String resources) {
    if (!resources.contains(WHAT)) {
      return 0;
    }
    String bare = withoutSockets(resources);
    // where the total stands beside the types it is made of, it is the total that counts
    long total = sum(bare, entry -> entry.startsWith("gpu="));
    return Numbers.checkedCount(total > 0 ? total : sum(bare, Gpus::isGpu), WHAT);
  }

  private static long sum(String resources, Predicate<String> counted) {
    long sum = 0;
    for (String entry : resources.split(",", -1)) {
      String name =
          entry.startsWith("gres:") || entry.startsWith("gres/") ? entry.substring(5) : entry;
      sum += counted.test(name) ? count(name) : 0;
    }
    return sum;
  }

  private static boolean isGpu(String entry) {
    return entry.equals(WHAT) || entry.startsWith("gpu:") || entry.startsWith("gpu=");
  }

  /**
   * {@code gpu}, {@code gpu:2}, {@code gpu:a100} and {@code gpu:a100:2}: one where none is said.
   */
  private static int count(String entry) {
    int before = Math.max(entry.lastIndexOf(':'), entry.lastIndexOf('='));
    String last = entry.substring(before + 1);
    boolean number = !last.isEmpty() && last.charAt(0) >= '0' && last.charAt(0) <= '9';
    return number ? Values.count(last, WHAT) : 1;
  }

  /** Without {@code (S:0-1)}, which may hold commas. */
  private static String withoutSockets(String resources) {
    StringBuilder bare = new StringBuilder(resources.length());
    int depth = 0;
    for (int i = 0; i < resources.length(); i++) {
      char c = resources.charAt(i);
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        bare.append(c);
      }
      depth = Math.max(0, depth - (c == ')' ? 1 : 0));
    }
    return bare.toString();
  }
}
