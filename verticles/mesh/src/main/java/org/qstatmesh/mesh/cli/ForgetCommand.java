package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.People;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.node.DataDirectory;
import org.qstatmesh.mesh.ops.OpsClient;
import org.qstatmesh.store.StoreTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a person out of the history. */
@Command(
    name = "forget",
    description =
        "Takes a login out of the whole history, on every cluster, for good: what it used goes to"
            + " nobody's name, so that sums stay right, and what happened to its jobs goes. Through"
            + " the mesh that runs with --data, or by itself when none does. Groups and accounts"
            + " stay, and backups and exports of before are not touched.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "USER", description = "The login, as the clusters have it.")
  private String login;

  @Mixin private ConfOption conf;
  @Mixin private DataOption data;

  @Override
  public Integer call() throws InterruptedException {
    if (login.isBlank()) {
      throw new ParameterException(spec.commandLine(), "USER is empty");
    }
    PrintWriter err = spec.commandLine().getErr();
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), err);
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    try {
      int code = said(forget(config.get().store()));
      config.get().people().persons().stream().filter(this::isMeant).forEach(this::sayWhatIsLeft);
      return code;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private ForgetAnswer forget(MeshConfig.Store store) throws IOException, InterruptedException {
    Optional<DataDirectory> idle = HistoryOwner.lock(data.directory());
    if (idle.isEmpty()) {
      return OpsClient.of(data.directory(), null).forget(login);
    }
    try (DataDirectory locked = idle.get()) {
      return StoreTool.forget(store.on("forget", locked.path()), login);
    }
  }

  private int said(ForgetAnswer answer) {
    if (answer.clusters() == 0) {
      spec.commandLine().getErr().println("no cluster of the history knows this login");
      return 1;
    }
    spec.commandLine()
        .getOut()
        .printf(
            "forgotten on %d clusters: %d parts of the history written anew, %d events deleted%n",
            answer.clusters(), answer.chunks(), answer.events());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private boolean isMeant(People.Person person) {
    return person.id().equals(login)
        || person.logins().values().stream().anyMatch(logins -> logins.contains(login));
  }

  /** A login may be hers on one cluster and somebody else's on another: who asks decides. */
  private void sayWhatIsLeft(People.Person person) {
    PrintWriter out = spec.commandLine().getOut();
    person
        .logins()
        .forEach(
            (cluster, logins) ->
                logins.stream()
                    .filter(other -> !other.equals(login))
                    .forEach(
                        other ->
                            out.printf(
                                "%s has another login, %s on %s; if it is hers everywhere: "
                                    + "qstat-mesh forget %s%n",
                                person.id(),
                                other,
                                cluster.equals(People.ELSEWHERE) ? "other clusters" : cluster,
                                other)));
    out.printf("%s is still named by conf/, and so by the page%n", person.id());
    out.flush();
  }
}
