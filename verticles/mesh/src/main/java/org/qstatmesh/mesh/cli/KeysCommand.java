package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.qstatmesh.mesh.keys.MeshAuthority;
import org.qstatmesh.mesh.keys.MeshAuthority.NodeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes what a node needs to take part in a mesh of several. */
@Command(
    name = "keys",
    description = {
      "Makes the key and the certificate of a node of a mesh of several, in conf/keys/; with the",
      "first one also the mesh's own authority. Who has no certificate of that authority neither",
      "reads nor sends the mesh's messages."
    },
    mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NODE", description = "The node's name; names the files.")
  private String node;

  @Parameters(
      index = "1..*",
      paramLabel = "HOST",
      description = "Names and addresses it is reached by (default: its name).")
  private List<String> hosts;

  @Mixin private ConfOption conf;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "1826",
      description = "How long the certificate holds (default: ${DEFAULT-VALUE}).")
  private int days;

  @Override
  public Integer call() {
    check();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Path directory = conf.directory().resolve("keys");
      tell(
          MeshAuthority.in(directory, Clock.systemUTC())
              .makeNode(node, hosts == null ? List.of() : hosts, Duration.ofDays(days)));
      return 0;
    } catch (FileAlreadyExistsException e) {
      err.println(e.getFile() + " is there already: move it away to make a new one");
    } catch (IOException | GeneralSecurityException e) {
      err.println(e.getMessage());
    }
    return 1;
  }

  private void check() {
    if (!NAME.matcher(node).matches()) {
      throw new ParameterException(
          spec.commandLine(), "a node's name has letters, digits, dots and hyphens, at most 63");
    }
    for (String host : hosts == null ? List.<String>of() : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw new ParameterException(spec.commandLine(), host + " is no host name or address");
      }
    }
    if (days < 1 || days > 3_650) {
      throw new ParameterException(spec.commandLine(), "--days is from 1 to 3650");
    }
  }

  private void tell(NodeFiles files) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("made " + files.key() + " and " + files.certificate());
    out.println();
    out.println("On node " + node + ", put these three into conf/keys/, the key with mode 0600:");
    out.println("  " + files.key());
    out.println("  " + files.certificate());
    out.println("  " + files.authority());
    out.println("and say in a file of its conf/:");
    out.println(
        """
          {"node": {"name": "%s", "host": "%s", "members": ["HOST:5701", …],
            "tls": {"keyFile": "keys/%s.key", "certificateFile": "keys/%s.crt"}}}"""
            .formatted(node, hosts == null ? "ADDRESS" : hosts.get(0), node, node)
            .indent(2)
            .stripTrailing());
    out.println("mesh-ca.key signs further nodes: keep it from all of them.");
    out.flush();
  }
}
