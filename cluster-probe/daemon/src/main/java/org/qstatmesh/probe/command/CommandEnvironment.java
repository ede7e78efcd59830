package org.qstatmesh.probe.command;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a command sees of the probe's environment: the scheduler's own variables and nothing else,
 * save the mark by which {@link ProcessSession} finds again what it started. No {@code LD_*}, no
 * {@code BASH_ENV}, no {@code HOME}; language and time zone are fixed so that words and times mean
 * the same everywhere.
 */
final class CommandEnvironment {
  private CommandEnvironment() {}

  static Map<String, String> of(Map<String, String> inherited, CommandPath path) {
    Map<String, String> environment = new TreeMap<>();
    inherited.forEach(
        (name, value) -> {
          if (name.startsWith("PBS_") || name.startsWith("SGE_") || name.equals("SLURM_CONF")) {
            environment.put(name, value);
          }
        });
    environment.put("PATH", path.childPath());
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return environment;
  }
}
