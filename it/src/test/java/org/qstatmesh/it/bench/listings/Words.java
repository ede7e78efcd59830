package org.qstatmesh.it.bench.listings;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as the schedulers write them. */
final class Words {
  /** When all listings were taken, seconds since the epoch. */
  static final long NOW = 1_795_330_395L;

  static final String SERVER = "login1.cluster.example";

  private static final DateTimeFormatter C_TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String[] PROJECTS = {"adsorption", "folding-2026", "wing-study", "assembly"};

  private Words() {}

  /** {@code Sun Nov 22 06:44:46 2026}. */
  static String cTime(long epochSeconds) {
    return C_TIME.format(Instant.ofEpochSecond(epochSeconds));
  }

  /** {@code 2026-11-22T06:44:46}. */
  static String isoTime(long epochSeconds) {
    return ISO_TIME.format(Instant.ofEpochSecond(epochSeconds));
  }

  /** {@code 107:05:09}. */
  static StringBuilder hours(StringBuilder out, int seconds) {
    two(out, seconds / 3_600).append(':');
    two(out, seconds / 60 % 60).append(':');
    return two(out, seconds % 60);
  }

  static StringBuilder two(StringBuilder out, int number) {
    return number < 10 ? out.append('0').append(number) : out.append(number);
  }

  /** {@code n0042}. */
  static StringBuilder node(StringBuilder out, int number) {
    return out.append('n').append(Integer.toString(10_000 + number), 1, 5);
  }

  /** {@code n0042/0-15+n0043/0-15}, in one of the ways of TORQUE and OpenPBS. */
  static StringBuilder execHost(StringBuilder out, GeneratedJob job, boolean asRange) {
    int cores = job.coresOfOneNode();
    for (int i = 0; i < job.nodes(); i++) {
      node(out.append(i == 0 ? "" : "+"), job.firstNode() + i);
      out.append(asRange || cores == 1 ? "/0" : "/0*");
      if (cores > 1) {
        out.append(asRange ? "-" + (cores - 1) : Integer.toString(cores));
      }
    }
    return out;
  }

  /** Where a job was submitted. */
  static StringBuilder workDirectory(StringBuilder out, GeneratedJob job) {
    out.append("/data/").append(job.group()).append('/').append(job.owner()).append('/');
    return out.append(PROJECTS[job.kind() % PROJECTS.length]).append("/run").append(job.kind());
  }

  /** The environment that qsub takes along, with a few modules loaded. */
  static StringBuilder environment(StringBuilder out, GeneratedJob job) {
    String home = "/home/" + job.owner();
    out.append("PBS_O_HOME=").append(home);
    out.append(",PBS_O_LANG=en_US.UTF-8,PBS_O_LOGNAME=").append(job.owner());
    out.append(",PBS_O_PATH=/opt/apps/openmpi/4.1.6/bin:/opt/apps/gcc/12.3.0/bin:").append(home);
    out.append("/.local/bin:/opt/pbs/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin");
    out.append(",PBS_O_MAIL=/var/spool/mail/").append(job.owner());
    out.append(",PBS_O_SHELL=/bin/bash,PBS_O_WORKDIR=");
    return workDirectory(out, job)
        .append(",PBS_O_SYSTEM=Linux,PBS_O_QUEUE=")
        .append(job.queue())
        .append(",PBS_O_HOST=")
        .append(SERVER);
  }
}
