package org.qstatmesh.probe.reason;

import static org.qstatmesh.probe.reason.Rule.rule;

import java.util.List;

/**
 * The scheduler's messages of Grid Engine 8.1.9 and 6.2, with queue names and the job's own request
 * in them. A limit of a resource quota set names whom it binds as {@code
 * user/project/pe/queue/host}.
 */
final class GridEngineReasons {
  static final List<Rule> RULES =
      List.of(
          rule(WaitSentence.FAILED, "job is in error state"),
          rule(WaitSentence.ANOTHER_JOB, "because of job dependencies"),
          rule(WaitSentence.HOLD, "is in hold state|because of hold"),
          rule(WaitSentence.START_TIME, "execution time not reached"),
          rule(WaitSentence.USER_LIMIT, "because of user limitations|exceeds limit \"[^\"/]+/"),
          rule(
              WaitSentence.GROUP_LIMIT,
              "because of user/group limitations|exceeds limit \"/[^\"/]+/"),
          rule(WaitSentence.QUEUE_LIMIT, "exceeds limit"),
          rule(WaitSentence.ARRAY_LIMIT, "not all array tasks may be started"),
          rule(
              WaitSentence.FREE_RESOURCES,
              "only offers|offers only|because it is full|overload or full|not in range of job"),
          rule(WaitSentence.NO_SUCH_NODE, "requests unknown resource"),
          rule(WaitSentence.NOT_ALLOWED, "has no (permission|access)|no access to"));

  private GridEngineReasons() {}
}
