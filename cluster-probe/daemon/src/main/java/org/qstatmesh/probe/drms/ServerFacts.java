package org.qstatmesh.probe.drms;

import org.qstatmesh.wire.Visibility;

/**
 * What the scheduler's server says of itself.
 *
 * @param version as it words it; null when it does not say
 * @param serverName its name
 * @param visibility whose jobs an ordinary user sees
 * @param unfinishedJobs how many jobs it has, an array once and each task of it that has started
 *     once more; null where the listing of jobs tells by itself that it is whole
 */
public record ServerFacts(
    String version, String serverName, Visibility visibility, Integer unfinishedJobs) {

  /** Of a server whose listing of jobs tells its end. */
  public ServerFacts(String version, String serverName, Visibility visibility) {
    this(version, serverName, visibility, null);
  }
}
