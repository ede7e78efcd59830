package org.qstatmesh.it.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * This machine's file system to write to as one likes: an overlay whose changes are in memory and
 * end with it, in a mount namespace of its own. Needs root.
 */
final class CopiedRoot implements AutoCloseable {
  private static final String MOUNTS =
      """
      set -e
      mount --make-rprivate /
      mount -t tmpfs -o size=700m none "$1"
      mkdir "$1/changes" "$1/work" "$1/root"
      mount -t overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" overlay "$1/root"
      mount -t proc -o hidepid=invisible proc "$1/root/proc"
      mount --rbind /dev "$1/root/dev"
      echo mounted
      exec sleep infinity
      """;

  private final RunningProcess holder;
  private final Path root;

  private CopiedRoot(RunningProcess holder, Path root) {
    this.holder = holder;
    this.root = root;
  }

  /** An empty directory is where it is mounted. */
  static CopiedRoot in(Path directory) throws Exception {
    RunningProcess holder =
        RunningProcess.start(
            "mounts", List.of("unshare", "-m", "sh", "-c", MOUNTS, "sh", directory.toString()));
    try {
      holder.awaitLine("^mounted$");
      return new CopiedRoot(holder, directory.resolve("root"));
    } catch (AssertionError e) {
      holder.close();
      throw e;
    }
  }

  /** Why there can be none here; null when there can. */
  static String whyNot(Path directory) {
    try (CopiedRoot root = in(Files.createTempDirectory(directory, "trial"))) {
      root.run("true");
      return null;
    } catch (Exception | AssertionError e) {
      return "no copy of the file system can be made here: " + e.getMessage();
    }
  }

  /** The words that have a command run there. */
  List<String> inside(String... command) {
    List<String> words = namespace();
    words.addAll(List.of("chroot", root.toString()));
    words.addAll(Arrays.asList(command));
    return words;
  }

  private List<String> namespace() {
    return new ArrayList<>(List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt"));
  }

  /** Runs a command there; what it said. Fails when its exit code is not 0. */
  String run(String... command) throws Exception {
    return RunningProcess.run(inside(command).toArray(String[]::new));
  }

  /** Has a folder of this machine seen there, not to be written to. */
  void bind(Path folder, String where) throws Exception {
    run("mkdir", "-p", where);
    mount("--bind", folder.toString(), root + where);
  }

  /** Memory at a place there, for one user. */
  void volume(String where, String owner) throws Exception {
    mount("-t", "tmpfs", "-o", "mode=700", "none", root + where);
    run("chown", owner, where);
  }

  /** From now on nothing can be written there, but to volumes. */
  void readOnly() throws Exception {
    mount("-o", "remount,ro", root.toString());
  }

  private void mount(String... words) throws Exception {
    List<String> command = namespace();
    command.add("mount");
    command.addAll(Arrays.asList(words));
    RunningProcess.run(command.toArray(String[]::new));
  }

  @Override
  public void close() {
    holder.close();
  }
}
