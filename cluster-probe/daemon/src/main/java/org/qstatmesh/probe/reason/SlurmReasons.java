package org.qstatmesh.probe.reason;

import static org.qstatmesh.probe.reason.Rule.rule;

import java.util.List;

/**
 * From squeue(1), "JOB REASON CODES", and the list of all of them at
 * slurm.schedmd.com/job_reason_codes.html. The codes of limits are built from parts (whose limit,
 * of what, for whom), so parts are looked for. {@code scontrol} prints blanks as {@code _}.
 */
final class SlurmReasons {
  static final List<Rule> RULES =
      List.of(
          rule(
              WaitSentence.FAILED,
              "^JobHoldMaxRequeue|requeued[_ ]held$|^job[_ ]requeued[_ ]in[_ ]held|^RequeueExitHold"),
          rule(WaitSentence.USER_HOLD, "^JobHeldUser"),
          rule(WaitSentence.ADMINISTRATOR_HOLD, "^JobHeldAdmin"),
          rule(WaitSentence.LOST_DEPENDENCY, "^DependencyNeverSatisfied"),
          rule(WaitSentence.ANOTHER_JOB, "^Dependency"),
          rule(WaitSentence.START_TIME, "^BeginTime|^Reservation$"),
          rule(WaitSentence.ARRAY_LIMIT, "^JobArrayTaskLimit"),
          rule(WaitSentence.LICENCE, "^Licenses"),
          rule(WaitSentence.QUEUE_STOPPED, "^Partition(Down|Inactive)"),
          rule(WaitSentence.MAINTENANCE, "^ReqNodeNotAvail.*maintenance"),
          rule(WaitSentence.TURN, "^Priority|^ReqNodeNotAvail,?[_ ]?May[_ ]be[_ ]reserved"),
          rule(
              WaitSentence.NODES_DOWN,
              "^ReqNodeNotAvail|^Nodes[_ ]required[_ ]for[_ ]job[_ ]are|^NodeDown|^FrontEndDown"),
          rule(WaitSentence.FREE_RESOURCES, "^Resources|^BurstBufferResources"),
          rule(WaitSentence.NO_SUCH_NODE, "^BadConstraints"),
          // limits of one job and of one node come before those of all that run
          rule(
              WaitSentence.BEYOND_LIMITS,
              "^(Assoc|QOS)Max\\w*Per(Job|Node)|^QOSMin|^Partition(Node|Time)Limit"
                  + "|^Partition(Config|MaxNodes|MinNodes)|^(Association|QOS)TimeLimit"
                  + "|^MaxMemPerLimit"),
          rule(WaitSentence.USER_LIMIT, "^QOSMax\\w*PerUser|^AssocMax(Jobs|SubmitJob)"),
          rule(
              WaitSentence.GROUP_LIMIT,
              "^AssocGrp|^Association|^AccountingPolicy|^Max\\w*PerAccount|^AssocMax|^QOS\\w*PerAccount"),
          rule(
              WaitSentence.NOT_ALLOWED,
              "^(Account|QOS)NotAllowed|^Invalid(Account|QOS)"
                  + "|^Job's[_ ](QOS|account)[_ ]not[_ ]permitted"),
          rule(WaitSentence.QUEUE_LIMIT, "^QOS"));

  private SlurmReasons() {}
}
