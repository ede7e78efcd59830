package org.qstatmesh.it.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.qstatmesh.it.bench.listings.ListingGenerator;
import org.qstatmesh.it.kit.FakeScheduler;

/** A scheduler's commands over a generated queue; all but the jobs is small. */
enum GeneratedScheduler {
  OPENPBS("qstat-f-dsv.out") {
    @Override
    void install(Path commands, ListingGenerator queue) throws IOException {
      FakeScheduler.openPbs(commands);
      try (OutputStream out = Files.newOutputStream(listing(commands))) {
        queue.openPbsDsv(out);
      }
    }
  },
  TORQUE("qstat-fxt.out") {
    @Override
    void install(Path commands, ListingGenerator queue) throws IOException {
      FakeScheduler.torque(commands);
      try (OutputStream out = Files.newOutputStream(listing(commands))) {
        queue.torqueXml(out);
      }
    }
  },
  SLURM("squeue.out") {
    @Override
    void install(Path commands, ListingGenerator queue) throws IOException {
      Files.createDirectories(commands);
      try (OutputStream out = Files.newOutputStream(listing(commands))) {
        queue.squeue(out, MARK);
      }
      command(commands, "squeue", SQUEUE.formatted(MARK));
      command(commands, "scontrol", SCONTROL);
    }
  };

  private static final String MARK = "~0000000000000000";

  /** Behind every time the probe wants a mark of its own. */
  private static final String SQUEUE =
      """
      #!/bin/sh
      [ "$1" = --version ] && echo "slurm-wlm 22.05.8" && exit
      exec sed "s/%s/${SLURM_TIME_FORMAT#??}/g" "$(dirname "$0")/squeue.out"
      """;

  private static final String SCONTROL =
      """
      #!/bin/sh
      case "$*" in
      *config) printf 'ClusterName = long\\nSLURM_VERSION = 22.05.8\\n' ;;
      *node) echo 'NodeName=n0001 CPUAlloc=1 CPUEfctv=64 CPUTot=64 State=MIXED Partitions=batch' ;;
      *partition) echo 'PartitionName=batch MaxTime=UNLIMITED State=UP' ;;
      *) exit 97 ;;
      esac
      """;

  private final String listing;

  GeneratedScheduler(String listing) {
    this.listing = listing;
  }

  /** Puts the commands and the listing into a folder that is not there yet. */
  abstract void install(Path commands, ListingGenerator queue) throws IOException;

  /** The listing is nearly a gigabyte. */
  void removeListing(Path commands) throws IOException {
    Files.delete(listing(commands));
  }

  Path listing(Path commands) {
    return commands.resolve(listing);
  }

  private static void command(Path commands, String name, String script) throws IOException {
    Path file = Files.writeString(commands.resolve(name), script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
