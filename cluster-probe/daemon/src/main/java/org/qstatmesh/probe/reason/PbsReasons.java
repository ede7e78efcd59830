package org.qstatmesh.probe.reason;

import static org.qstatmesh.probe.reason.Rule.rule;

import java.util.List;

/**
 * What the schedulers of OpenPBS 23.06 and of TORQUE (pbs_sched) write into {@code comment}: {@code
 * Not Running: …}, {@code Can Never Run: …}, and what the server adds on holds. They name queues,
 * users, resources and numbers, which the sentences leave out.
 */
final class PbsReasons {
  static final List<Rule> RULES =
      List.of(
          rule(WaitSentence.FAILED, "^Job held, too many failed attempts"),
          rule(WaitSentence.ADMINISTRATOR_HOLD, "^Job held by (root|pbsadmin) "),
          rule(WaitSentence.HOLD, "^Job held by "),
          rule(
              WaitSentence.NO_SUCH_NODE,
              "^Can Never Run: (Insufficient amount|Not enough|Node )|Not enough total nodes"
                  + "|fit in the largest placement set|Node is of an ineligible type"
                  + "|Specified \\S+ does not exist|Unknown node-attribute"),
          rule(WaitSentence.BEYOND_LIMITS, "^Can Never Run: .*limit"),
          rule(
              WaitSentence.QUEUE_STOPPED,
              // a routing queue starts nothing: a job stays there while it passes nothing on
              "Queue not started|Queue not an execution queue|Queue is configured to be ignored"),
          rule(WaitSentence.MAINTENANCE, "dedicated time"),
          rule(WaitSentence.START_TIME, "(in|into) (non)?-?prime ?time"),
          rule(
              WaitSentence.LICENCE,
              "no PBS licen[cs]e|Max token usage|Insufficient amount of \\w+ ?resource: \\w*lic"),
          rule(WaitSentence.QUEUE_LIMIT, "Insufficient amount of queue resource|overall limit on"),
          rule(
              WaitSentence.USER_LIMIT,
              "User has reached|per-user |limit reached for user|would exceed user |user run limit"),
          rule(
              WaitSentence.GROUP_LIMIT,
              "(Group|Project) has reached|per-(group|project) "
                  + "|limit reached for (group|project)|would exceed (group|project)"
                  + "|group run limit"),
          rule(WaitSentence.QUEUE_LIMIT, "job limit (has been )?reached"),
          rule(
              WaitSentence.TURN,
              "reservation or top job|interfere with|strict (sorted order|fifo)|starving job"
                  + "|under job_sort_formula"),
          rule(WaitSentence.NODES_DOWN, "Node is in an ineligible state"),
          rule(
              WaitSentence.FREE_RESOURCES,
              "Insufficient amount of (server )?resource|Not enough (free|of the right type of)"
                  + "|No available resources|too few free resources|node is in use"
                  + "|too loaded|Load is above|preempt enough|job run limit"
                  + "|small cpusets has been reached"));

  private PbsReasons() {}
}
