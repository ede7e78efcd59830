package org.qstatmesh.mesh.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.node.DataDirectory;
import org.qstatmesh.mesh.node.StartException;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreConfig.Login;
import org.qstatmesh.store.StoreTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Copies the history into another database. */
@Command(
    name = "migrate",
    description =
        "Copies the whole history into another database, which must be empty: from a file to"
            + " PostgreSQL or back. The mesh must not run meanwhile. What is copied is counted and"
            + " compared at the end; the old database stays as it is. Prints what to write into"
            + " conf/.",
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "jdbc:postgresql://HOST:PORT/DATABASE or jdbc:sqlite:FILE.")
  private String url;

  @Option(
      names = "--to-user",
      paramLabel = "NAME",
      description = "With PostgreSQL: the role (default: your login).")
  private String user;

  @Option(
      names = "--to-password-file",
      paramLabel = "FILE",
      description = "With PostgreSQL: a file whose first line is the password.")
  private Path passwordFile;

  @Mixin private ConfOption conf;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), err);
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    MeshConfig.Store from = config.get().store();
    MeshConfig.Store to = target(from);
    try {
      Optional<DataDirectory> idle = HistoryOwner.lock(data.directory());
      if (idle.isEmpty()) {
        err.println("a mesh runs with --data " + data.directory() + ": stop it first");
        return StartException.UNAVAILABLE;
      }
      try (DataDirectory locked = idle.get()) {
        long rows =
            StoreTool.migrate(
                from.on("migrate", locked.path()), to.on("migrate", locked.path()), out::println);
        out.println(rows + " rows copied and compared");
      }
      out.println("now say in conf/mesh.json: " + configured(to).encode());
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private MeshConfig.Store target(MeshConfig.Store from) {
    boolean file = url.startsWith("jdbc:sqlite:");
    if (file && (user != null || passwordFile != null)) {
      throw new ParameterException(spec.commandLine(), "a file needs no login");
    }
    Path absolute = passwordFile == null ? null : passwordFile.toAbsolutePath().normalize();
    if (absolute != null && !Files.isReadable(absolute)) {
      throw new ParameterException(spec.commandLine(), passwordFile + " cannot be read");
    }
    MeshConfig.Store to =
        new MeshConfig.Store(url, from.retention(), file ? null : new Login(user, absolute));
    try {
      StoreConfig there = to.on("migrate", data.directory());
      if (there.url().equals(from.url())) {
        throw new ParameterException(spec.commandLine(), "--to is where the history is already");
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return to;
  }

  /** As it stands in a file of conf/, whose paths start there. */
  private JsonObject configured(MeshConfig.Store to) {
    JsonObject store = new JsonObject().put("url", to.url());
    if (to.login() != null && to.login().user() != null) {
      store.put("user", to.login().user());
    }
    if (to.login() != null && to.login().passwordFile() != null) {
      Path directory = conf.directory().toAbsolutePath().normalize();
      Path secret = to.login().passwordFile();
      store.put(
          "passwordFile",
          (secret.startsWith(directory) ? directory.relativize(secret) : secret).toString());
    }
    return new JsonObject().put("store", store);
  }
}
