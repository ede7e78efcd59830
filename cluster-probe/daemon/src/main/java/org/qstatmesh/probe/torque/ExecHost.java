package org.qstatmesh.probe.torque;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * Where a job runs: {@code exec_host} of TORQUE, {@code n003/0-15+n002/0-15} (6.1) or one entry for
 * each core, {@code n001/3+n001/2} (4.2); {@code exec_gpus} has the same form.
 *
 * @param count cores (or GPUs) in all
 * @param hosts each host once, in the order listed
 */
record ExecHost(int count, List<String> hosts) {

  /** Copies the list. */
  ExecHost {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads the value of {@code what}.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  static ExecHost parse(String value, String what) {
    Set<String> hosts = new LinkedHashSet<>();
    int count = 0;
    for (String entry : value.split("\\+", -1)) {
      int slash = entry.indexOf('/');
      if (slash < 1) {
        throw new IllegalArgumentException(what + " names no host");
      }
      hosts.add(entry.substring(0, slash));
      long more = CoreRanges.count(entry.substring(slash + 1), what);
      count = Numbers.checkedCount(count + more, what);
    }
    return new ExecHost(count, List.copyOf(hosts));
  }
}
