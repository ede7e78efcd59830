package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.demo.Rehearsal;
import org.qstatmesh.mesh.node.StartException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts, answers a page once and ends; for conf/packaging/install, not for people. */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts in a temporary folder, answers a page once and ends.")
final class RehearseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Rehearsal.hold();
      return 0;
    } catch (StartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.exitCode();
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
