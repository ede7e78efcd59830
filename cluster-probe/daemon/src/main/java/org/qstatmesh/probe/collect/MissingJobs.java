package org.qstatmesh.probe.collect;

import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.wire.Visibility;

/**
 * Compares the jobs listed with how many the server counts. A listing of one line a job that was
 * cut off behind a line looks whole; this is how it is found out.
 *
 * <p>Jobs come and go between two commands. So the server is asked again where fewer are listed
 * than it counts, and the smaller count holds; of many jobs one in two hundred may be on its way.
 */
final class MissingJobs {
  private static final int ON_THEIR_WAY = 200;

  private MissingJobs() {}

  /** The jobs, with a problem counted where the server has more; its outcome is exchanged. */
  static JobsTaken counted(
      Round round, Adapter known, CommandOutcome<ServerFacts> server, JobsTaken jobs) {
    if (!jobs.success() || !server.success() || missing(server.value(), jobs) == 0) {
      return jobs;
    }
    CommandOutcome<ServerFacts> again = round.runBesides(known.server());
    int missing =
        again.success() ? Math.min(missing(server.value(), jobs), missing(again.value(), jobs)) : 0;
    if (missing == 0) {
      return jobs;
    }
    CommandOutcome<Integer> warned =
        jobs.outcome().withProblem("the server counts " + missing + " jobs more than are listed");
    round.correct(warned, jobs.outcome());
    return new JobsTaken(jobs.collected(), warned);
  }

  private static int missing(ServerFacts server, JobsTaken jobs) {
    if (server.unfinishedJobs() == null || server.visibility() != Visibility.ALL) {
      return 0;
    }
    int known = jobs.collected().countedByServer() + jobs.outcome().problems();
    int missing = server.unfinishedJobs() - known;
    return missing > server.unfinishedJobs() / ON_THEIR_WAY ? missing : 0;
  }
}
