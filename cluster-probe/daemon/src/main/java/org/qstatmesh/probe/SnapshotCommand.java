package org.qstatmesh.probe;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.Printable;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.wire.ProbeError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes one snapshot and prints it. */
@Command(
    name = "snapshot",
    description = "Takes one snapshot and prints it as JSON.",
    footer = "Exit code: 0 complete, 2 some commands failed, 1 no snapshot.",
    mixinStandardHelpOptions = true,
    versionProvider = ProbeCommand.Version.class)
final class SnapshotCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 64 << 10;

  @Spec CommandSpec command;
  @Mixin DrmsOptions options;

  @Override
  public Integer call() throws InterruptedException, IOException, ConfigurationException {
    Taking taking;
    try (Probe probe = new Probe(options.configForOneRun())) {
      Runtime.getRuntime().addShutdownHook(new Thread(probe::close, "shutdown"));
      taking = probe.taker().take();
    }
    PrintWriter err = command.commandLine().getErr();
    if (taking.snapshot() == null) {
      err.println("qstat-probe: " + worded(taking.error()));
      return ExitCode.FAILED;
    }
    for (CommandOutcome<?> outcome : taking.outcomes()) {
      if (!outcome.success()) {
        err.println("qstat-probe: " + outcome.collector() + ": " + worded(outcome.error()));
      }
    }
    OutputStream out = new BufferedOutputStream(System.out, BUFFER_BYTES);
    taking.encoded().writeTo(out, taking.ageMillis());
    out.flush();
    System.out.println();
    if (System.out.checkError()) {
      err.println("qstat-probe: the snapshot could not be written");
      return ExitCode.FAILED;
    }
    return taking.complete() ? ExitCode.OK : ExitCode.PARTIAL;
  }

  private static String worded(ProbeError error) {
    return error.code() + ": " + Printable.escape(error.message());
  }
}
