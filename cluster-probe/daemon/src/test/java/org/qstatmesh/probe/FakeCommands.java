package org.qstatmesh.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder of shell scripts that stand in for a scheduler's commands; every call is counted. */
public final class FakeCommands {
  private static final String JOBS =
      "<Data><Job><Job_Id>11.login1</Job_Id><Job_Name>secret name</Job_Name>"
          + "<Job_Owner>alice@login1</Job_Owner><job_state>R</job_state><queue>batch</queue>"
          + "<egroup>chem</egroup><exec_host>n001/0-3</exec_host>"
          + "<Resource_List><nodes>1:ppn=4</nodes></Resource_List></Job></Data>";
  private static final String NODES =
      "<Data><Node><name>n001</name><state>free</state><np>16</np>"
          + "<jobs>0-3/11.login1</jobs></Node></Data>";

  private static final String QSTAT =
      """
      case "$*" in
      --version) echo 'Version: 6.1.3' ;;
      *-B*) sleep PAUSE
        echo 'Server: login1'
        echo '    query_other_jobs = True'
        echo '    pbs_version = 6.1.3'
        echo ;;
      *-Q*) echo 'Queue: batch'
        echo '    enabled = True'
        echo '    started = True'
        echo ;;
      *99999*) echo 'qstat: Unknown Job Id Error 99999.login1' >&2
        exit 153 ;;
      *-x*) echo 'JOBS' ;;
      esac
      """;

  private final Path folder;

  /** Scripts are made in this folder. */
  public FakeCommands(Path folder) {
    this.folder = folder;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Makes or replaces a command; the body is for /bin/sh. */
  public FakeCommands command(String name, String body) {
    String counting = "echo '" + name + "' \"$@\" >> '" + folder.resolve("calls.log") + "'\n";
    return script(name, "#!/bin/sh\n" + counting + body + "\n");
  }

  /** The same without the line that counts, with an interpreter of its own. */
  public FakeCommands script(String name, String text) {
    try {
      Path next = folder.resolve(name + ".next");
      Files.writeString(next, text);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A TORQUE with one running job of alice on one node, whose server answers after a pause. */
  public FakeCommands torque(String pauseSeconds) {
    return torqueServerPause(pauseSeconds).command("pbsnodes", "echo '" + NODES + "'");
  }

  /** Another pause for the same cluster; its pbsnodes stays. */
  public FakeCommands torqueServerPause(String pauseSeconds) {
    return command("qstat", QSTAT.replace("PAUSE", pauseSeconds).replace("JOBS", JOBS));
  }

  /** Every call so far: command and arguments. */
  public List<String> calls() throws IOException {
    Path log = folder.resolve("calls.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** How many calls so far begin with these words. */
  public long calls(String words) throws IOException {
    return calls().stream().filter(call -> call.startsWith(words)).count();
  }
}
