package org.qstatmesh.it.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;

/** The programs as they are installed: under their launchers, with the launchers' Java options. */
final class Installed {
  private Installed() {}

  /** Has the mesh's classes ready to be mapped from now on, as an installation has them. */
  static void makeClassArchive() throws Exception {
    RunningProcess.run(
        Checkout.root().resolve("conf/packaging/class-archive").toString(),
        Checkout.root().resolve("verticles/mesh/target/qstat-mesh.jar").toString());
  }

  /** {@code qstat-mesh} with these arguments; the process is the Java itself. */
  static RunningProcess mesh(List<String> arguments) throws IOException {
    return RunningProcess.start("mesh", command("qstat-mesh", arguments));
  }

  /** {@code qstat-mesh run}. */
  static RunningProcess mesh(MeshConf conf, Path data) throws IOException {
    return mesh(List.of("run", "--conf", conf.directory().toString(), "--data", data.toString()));
  }

  /** Where a mesh serves its page; blocks until it does. */
  static URI page(RunningProcess mesh) throws InterruptedException {
    return URI.create(mesh.awaitLine("page is at (http://\\S+)").group(1));
  }

  /** {@code qstat-probe serve} over commands of a directory, that collects whenever it is asked. */
  static RunningProcess probe(Path commands, String bind, Map<String, String> environment)
      throws IOException {
    List<String> serve =
        List.of(
            "serve",
            "--bind",
            bind,
            "--command-path",
            commands.toString(),
            "--minimum-interval",
            "0");
    return RunningProcess.start("probe", command("qstat-probe", serve), environment);
  }

  /** The port that a probe listens at; blocks until it does. */
  static int port(RunningProcess probe) throws InterruptedException {
    return Integer.parseInt(probe.awaitLine("listening on tcp://127.0.0.1:(\\d+)").group(1));
  }

  /** A launcher's command line. */
  static List<String> command(String launcher, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.root().resolve("conf/packaging").resolve(launcher).toString());
    command.addAll(arguments);
    return command;
  }
}
