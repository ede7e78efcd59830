package org.qstatmesh.it.bench.listings;

import static org.qstatmesh.it.bench.listings.Words.NOW;
import static org.qstatmesh.it.bench.listings.Words.SERVER;

/** A record of {@code qstat -f -F dsv}: one line, attributes with bars between. */
final class OpenPbsForm {
  private static final String[] REASONS = {
    "Not Running: Not enough free nodes available",
    "Not Running: User has reached server running job limit.",
    "Not Running: Insufficient amount of resource: ncpus (R: 64 A: 12 T: 76800)"
  };

  private OpenPbsForm() {}

  static void append(StringBuilder out, GeneratedJob job) {
    String submitted = Words.cTime(job.submittedAt(NOW));
    out.append("Job Id: ").append(job.number()).append(".login1|Job_Name=").append(job.name());
    out.append("|Job_Owner=").append(job.owner()).append('@').append(SERVER);
    if (job.isRunning()) {
      used(out, job);
    }
    out.append("|job_state=").append(letter(job)).append("|queue=").append(job.queue());
    out.append("|server=login1|Account_Name=").append(job.account());
    out.append("|Checkpoint=u|ctime=").append(submitted).append("|Error_Path=").append(SERVER);
    Words.workDirectory(out.append(':'), job).append('/').append(job.name()).append(".e");
    out.append(job.number());
    if (job.isRunning()) {
      places(out, job);
    }
    out.append("|Hold_Types=").append(job.state() == GeneratedJob.State.HELD ? 'u' : 'n');
    out.append("|Join_Path=n|Keep_Files=n|Mail_Points=ae|Mail_Users=").append(job.owner());
    out.append("@cluster.example|mtime=").append(submitted);
    out.append("|Output_Path=").append(SERVER);
    Words.workDirectory(out.append(':'), job).append('/').append(job.name()).append(".o");
    out.append(job.number()).append("|Priority=0|qtime=").append(submitted);
    out.append("|Rerunable=True");
    asked(out, job);
    if (job.isRunning()) {
      out.append("|stime=").append(Words.cTime(job.startedAt(NOW)));
      out.append("|session_id=").append(10_000 + job.kind());
      out.append("|jobdir=/home/").append(job.owner());
    }
    out.append("|substate=").append(job.isRunning() ? "42" : "10").append("|Variable_List=");
    Words.environment(out, job);
    out.append("|euser=").append(job.owner()).append("|egroup=").append(job.group());
    if (job.isRunning()) {
      out.append("|hashname=").append(job.number()).append(".login1");
    }
    out.append("|queue_rank=").append(1_795_000_000_000_000L + job.number());
    out.append("|queue_type=E|comment=").append(comment(job)).append("|etime=").append(submitted);
    Words.hours(out.append("|eligible_time="), job.waitedSeconds());
    out.append("|accrue_type=2|Submit_arguments=-A ").append(job.account()).append(" -N ");
    out.append(job.name()).append(' ');
    Words.workDirectory(out, job).append("/job.pbs|project=_pbs_project_default|Submit_Host=");
    out.append(SERVER).append('\n');
  }

  private static char letter(GeneratedJob job) {
    return switch (job.state()) {
      case RUNNING -> 'R';
      case QUEUED -> 'Q';
      case HELD -> 'H';
    };
  }

  private static String comment(GeneratedJob job) {
    return job.isRunning()
        ? "Job run at "
            + Words.cTime(job.startedAt(NOW)).substring(0, 16)
            + " on ("
            + job.queue()
            + ")"
        : REASONS[job.kind() % REASONS.length];
  }

  private static void used(StringBuilder out, GeneratedJob job) {
    out.append("|resources_used.cpupercent=").append(99 * job.cores());
    Words.hours(out.append("|resources_used.cput="), job.ranSeconds());
    out.append("|resources_used.mem=").append(17L * job.kind()).append("kb");
    out.append("|resources_used.ncpus=").append(job.cores());
    out.append("|resources_used.vmem=").append(29L * job.kind()).append("kb");
    Words.hours(out.append("|resources_used.walltime="), job.ranSeconds());
  }

  private static void places(StringBuilder out, GeneratedJob job) {
    Words.execHost(out.append("|exec_host="), job, false).append("|exec_vnode=");
    for (int i = 0; i < job.nodes(); i++) {
      Words.node(out.append(i == 0 ? "(" : "+("), job.firstNode() + i);
      out.append(":ncpus=").append(job.coresOfOneNode()).append(":mem=4194304kb)");
    }
  }

  private static void asked(StringBuilder out, GeneratedJob job) {
    out.append("|Resource_List.mem=").append(4 * job.nodes()).append("gb|Resource_List.mpiprocs=");
    out.append(job.cores())
        .append("|Resource_List.ncpus=")
        .append(job.cores())
        .append("|Resource_List.nodect=");
    out.append(job.nodes());
    out.append("|Resource_List.place=").append(job.nodes() > 1 ? "scatter" : "pack");
    for (String attribute : new String[] {"|Resource_List.select=", "|schedselect="}) {
      if (attribute.startsWith("|s")) {
        Words.hours(out.append("|Resource_List.walltime="), job.wallclockLimitSeconds());
      }
      out.append(attribute).append(job.nodes()).append(":ncpus=").append(job.coresOfOneNode());
      out.append(":mem=4gb");
    }
  }
}
