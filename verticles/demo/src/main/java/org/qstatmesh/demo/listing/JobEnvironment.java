package org.qstatmesh.demo.listing;

import org.qstatmesh.demo.simulation.Submission;

/**
 * The environment a job took along: never to leave the probe, and now and then made to look like
 * further jobs.
 */
final class JobEnvironment {
  private static final int ONE_IN = 7;
  private static final String FORGED =
      "Job Id: 999999.forged\n    Job_Name = forged\n    job_state = R\n    Job_Owner = mallory@x\n";

  private JobEnvironment() {}

  static String of(Submission submission, String server) {
    String login = submission.owner().login();
    String usual =
        "PBS_O_HOME=/home/" + login + ",PBS_O_LOGNAME=" + login + ",PBS_O_HOST=" + server;
    return submission.sequence() % ONE_IN == 0 ? usual + ",MOTD=\n\n" + FORGED : usual;
  }
}
