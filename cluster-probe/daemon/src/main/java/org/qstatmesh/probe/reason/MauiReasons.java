package org.qstatmesh.probe.reason;

import static org.qstatmesh.probe.reason.Rule.rule;

import java.util.List;

/**
 * What {@code checkjob} of Maui and Moab puts into the parentheses of its last lines and behind
 * {@code Reason:} and {@code hold reason:}, and what {@code diagnose -q} says. {@code showq -b} of
 * Maui 3.5 prints the same texts without their first two words, so that {@code class not enabled}
 * is {@code enabled} there.
 */
final class MauiReasons {
  static final List<Rule> RULES =
      List.of(
          rule(WaitSentence.FAILED, "'?BatchHold'?$"),
          rule(
              WaitSentence.DEFERRED,
              "state:? '?Deferred|^deferred for |in place: +Defer|^RM(Failure|Reject)$"),
          rule(WaitSentence.USER_HOLD, "'?UserHold'?$"),
          rule(WaitSentence.ADMINISTRATOR_HOLD, "'?SystemHold'?$|^Admin$|^CredHold$"),
          rule(WaitSentence.ANOTHER_JOB, "dependen|^PreReq$"),
          rule(
              WaitSentence.HOLD,
              "'Hold'$|state: Hold\\)$|^(job hold )?active($| - )|hold in place|^Hold$"),
          rule(
              WaitSentence.START_TIME,
              "^(startdate in )?'[0-9:]+'$|start date not reached|^ReleaseTime$"),
          rule(WaitSentence.QUEUE_STOPPED, "^(class not )?enabled$"),
          rule(WaitSentence.USER_LIMIT, "limit of \\S+ for user "),
          rule(WaitSentence.GROUP_LIMIT, "limit of \\S+ for (group|acc(oun)?t) |^FairShare$"),
          rule(WaitSentence.QUEUE_LIMIT, "limit of \\S+ for (class|qos|par|partition|system) "),
          rule(WaitSentence.QUEUE_LIMIT, "violates (active|idle|system) |^Policy$"),
          rule(
              WaitSentence.NO_SUCH_NODE,
              "in system: \\d+ < |insufficient total procs|configured procs"
                  + "|class(es)? not configured"),
          rule(
              WaitSentence.BEYOND_LIMITS,
              "^SystemLimits|exceeds system proc/job limit|^PolicyViolation"),
          rule(
              WaitSentence.NOT_ALLOWED,
              "^BankFailure|^CannotDebitAccount|^InvalidAccount|^CredAccess|does not support requested"),
          rule(WaitSentence.TURN, "^job can run in partition|^Priority$"),
          rule(
              WaitSentence.FREE_RESOURCES,
              "^NoResources|insufficient idle|idle procs do not meet|cannot create reservation"
                  + "|exceeds available"));

  private MauiReasons() {}
}
