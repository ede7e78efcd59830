package org.qstatmesh.demo.listing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.qstatmesh.demo.simulation.ClusterPlan;
import org.qstatmesh.demo.simulation.Scheduler;

/**
 * A folder with {@code qstat} and {@code pbsnodes} of one cluster, and beside it what they print.
 *
 * <p>They know the argument lists that the probe uses and no others. While {@link #hang} is on they
 * wait, as the clients of a PBS server that does not answer do.
 */
public final class CommandDirectory {
  private static final String HANG = "hang";

  private final Path listings;
  private final Path commands;
  private Listings written;

  private CommandDirectory(Path home) {
    listings = home.resolve("listings");
    commands = home.resolve("bin");
  }

  /**
   * Writes the commands.
   *
   * @param home an absolute path; made when it is not there
   */
  public static CommandDirectory create(Path home, ClusterPlan plan) throws IOException {
    CommandDirectory directory = new CommandDirectory(home);
    Files.createDirectories(directory.listings);
    Files.createDirectories(directory.commands);
    boolean torque = plan.scheduler() == Scheduler.TORQUE;
    directory.command("qstat", torque ? Scripts.TORQUE_QSTAT : Scripts.OPENPBS_QSTAT, plan);
    directory.command(
        "pbsnodes", torque ? Scripts.TORQUE_PBSNODES : Scripts.OPENPBS_PBSNODES, plan);
    return directory;
  }

  private void command(String name, String body, ClusterPlan plan) throws IOException {
    String quoted = "'" + listings.toString().replace("'", "'\\''") + "'";
    String script =
        Scripts.BEGINNING.replace("@VERSION@", plan.scheduler().version()).replace("@DIR@", quoted)
            + body;
    Path file = commands.resolve(name);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Where the probe is to look for commands. */
  public Path commands() {
    return commands;
  }

  /** Replaces what the commands print; a command that has begun goes on with what it opened. */
  public void write(Listings now) throws IOException {
    Listings before = written;
    replace("nodes", before == null ? null : before.nodes(), now.nodes());
    replace("jobs", before == null ? null : before.jobs(), now.jobs());
    replace("queues", before == null ? null : before.queues(), now.queues());
    replace("server", before == null ? null : before.server(), now.server());
    written = now;
  }

  private void replace(String name, String before, String text) throws IOException {
    if (text.equals(before)) {
      return;
    }
    Path next = listings.resolve(name + ".next");
    Files.write(next, text.getBytes(StandardCharsets.UTF_8));
    Files.move(next, listings.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets commands that start from now on wait for ever, or answer again. */
  public void hang(boolean on) throws IOException {
    Path marker = listings.resolve(HANG);
    if (on && !Files.exists(marker)) {
      Files.createFile(marker);
    } else if (!on) {
      Files.deleteIfExists(marker);
    }
  }
}
