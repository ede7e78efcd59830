package org.qstatmesh.probe.maui;

import java.util.regex.Pattern;

/**
 * The lines of {@code checkjob} that may leave the probe: those of the list and no others. Working
 * directory and executable ({@code IWD:}, {@code Exec:}), the job's name and notification address
 * (Moab) are not on it, and what a later version adds is not either. What still looks like a path
 * or a mail address in a line of the list is left out.
 */
final class AllowedLines {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(?:State:|Creds: |WallTime:|Suspended Wall Time:|SubmitTime:|\\(Time Queued |StartTime:"
              + "|Total (?:Requested )?Tasks:|Req\\[\\d+\\] |Network:|Memory >=|Opsys:"
              + "|(?:Dedicated|Utilized|Avg Util|Max Util) Resources Per Task:|Average Utilized "
              + "|NodeAccess:|TasksPerNode:|NodeCount:|Allocated Nodes:|HostList:"
              + "|Bypass(?:Count)?:|StartCount:|PartitionMask:|Flags:|Attr:|Reservation '"
              + "|job is deferred\\.|EState '|Holds:|Messages:|PE:|StartPriority:|SystemPriority:"
              + "|cannot select job |job can(?:not)? run|NOTE: |BLOCK MSG: |WARNING: "
              + "|idle procs:|Rejection Reasons:|Node Rejection Summary:|required class).*");

  /** {@code [n003:16][n002:16]}, below {@code Allocated Nodes:} and {@code HostList:}. */
  private static final Pattern HOSTS = Pattern.compile("(?:\\[[A-Za-z0-9_.-]+:\\d+\\])+");

  private static final Pattern PATH = Pattern.compile("(?<![A-Za-z0-9])~?/[^\\s'\")]*");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s'\"(:,]+@[^\\s'\"),]+");
  private static final int LONGEST_LINE = 1_024;
  private static final int LONGEST_TEXT = 8 << 10;

  private final StringBuilder text = new StringBuilder();

  /** Takes a line if it may leave. */
  void add(String line) {
    boolean mayLeave =
        line.length() <= LONGEST_LINE
            && (ALLOWED.matcher(line).matches() || HOSTS.matcher(line).matches());
    if (mayLeave && text.length() + line.length() < LONGEST_TEXT) {
      text.append(masked(line)).append('\n');
    }
  }

  /** All taken, each with its newline. */
  String text() {
    return text.toString();
  }

  /** Without paths and mail addresses. */
  static String masked(String line) {
    return ADDRESS.matcher(PATH.matcher(line).replaceAll("(path)")).replaceAll("(address)");
  }
}
