package org.qstatmesh.probe.doctor;

import java.util.List;
import org.qstatmesh.probe.collect.JobCensus;
import org.qstatmesh.wire.Snapshot;

/** Whose jobs the probe's user is shown, and which setting of the scheduler decides it. */
final class VisibilityAdvice {
  private VisibilityAdvice() {}

  /** Some lines; {@code census} is null when the jobs could not be listed. */
  static List<String> lines(Snapshot snapshot, JobCensus census, String userName) {
    String seen = census == null ? "" : " " + count(census);
    return switch (snapshot.visibility()) {
      case ALL -> allOrSo(snapshot, census, seen);
      case OWN -> List.of("Only those of user " + userName + "." + seen, setting(snapshot.drms()));
      case UNKNOWN ->
          List.of(
              "The scheduler does not say."
                  + seen
                  + (ofOne(census) ? " All are of one user: perhaps others' are hidden." : ""),
              setting(snapshot.drms()));
    };
  }

  private static List<String> allOrSo(Snapshot snapshot, JobCensus census, String seen) {
    String everybody = "Everybody's, the scheduler says." + seen;
    return ofOne(census) && census.records() > 1
        ? List.of(
            everybody,
            "All are of one user, though. If others have jobs now, they are hidden: "
                + setting(snapshot.drms()))
        : List.of(everybody);
  }

  private static boolean ofOne(JobCensus census) {
    return census != null && census.owners() == 1;
  }

  private static String count(JobCensus census) {
    return Counted.of(census.records(), "job record")
        + " of "
        + Counted.of(census.owners(), "user")
        + " now.";
  }

  private static String setting(String drms) {
    return switch (drms) {
      case "torque", "openpbs" ->
          "Ask the scheduler's administrator for: qmgr -c 'set server query_other_jobs = True'";
      case "slurm" ->
          "Ask the scheduler's administrator to take 'jobs' out of PrivateData in slurm.conf. (An"
              + " Operator sees all as well, but may change much; a probe should not be one.)";
      default -> "Ask the scheduler's administrator whether ordinary users see all jobs.";
    };
  }
}
