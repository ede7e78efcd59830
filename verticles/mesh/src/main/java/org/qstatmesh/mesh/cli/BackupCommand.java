package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the history. */
@Command(
    name = "backup",
    description =
        "Copies the whole history into FILE, whether the mesh runs or not. FILE must not exist; it"
            + " appears when it is whole and on disk. To go back: stop the mesh, remove the"
            + " history's file with its -wal and -shm, put the copy in its place, start the mesh.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The copy.")
  private Path file;

  @Mixin private ConfOption conf;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), err);
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    StoreConfig store = config.get().store().on("backup", data.directory());
    Optional<String> serversCommand = StoreTool.serversBackupCommand(store, file);
    if (serversCommand.isPresent()) {
      err.println("the history is on a database server, which has a command of its own:");
      err.println("  " + serversCommand.get());
      return MeshCommand.USAGE;
    }
    try {
      long bytes = StoreTool.backup(store, file);
      spec.commandLine().getOut().println(file + ": " + bytes + " bytes");
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
