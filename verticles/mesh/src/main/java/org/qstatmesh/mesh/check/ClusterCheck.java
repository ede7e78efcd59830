package org.qstatmesh.mesh.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.SshConfig;
import org.qstatmesh.mesh.add.AuthorizedKeysLine;
import org.qstatmesh.tunnel.HostKeySeen;
import org.qstatmesh.tunnel.KeyPairFile;
import org.qstatmesh.tunnel.SshDiagnosis;
import org.qstatmesh.tunnel.SshForward;

/**
 * Checks clusters one after the other, from the name of the login node to the jobs that the probe
 * sees.
 */
public final class ClusterCheck {
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);

  private final PrintWriter out;

  /** Cluster ids by the name of their scheduler's server. */
  private final Map<String, List<String>> servers = new HashMap<>();

  /** Prints to {@code out} as it goes. */
  public ClusterCheck(PrintWriter out) {
    this.out = out;
  }

  /** Checks all of them; true when no step failed. */
  public boolean check(List<ClusterConfig> clusters) {
    boolean good = true;
    for (ClusterConfig cluster : clusters) {
      good &= check(cluster);
    }
    servers.forEach(
        (server, ids) -> {
          if (ids.size() > 1) {
            new StepPrinter(out)
                .warn("twice", String.join(" and ", ids) + " are the same cluster: " + server);
          }
        });
    return good;
  }

  private boolean check(ClusterConfig cluster) {
    StepPrinter steps = new StepPrinter(out);
    steps.cluster(cluster.cluster(), way(cluster));
    if (cluster.ssh() == null) {
      checkDirect(cluster, (ProbeAddress) cluster.probe(), steps);
    } else {
      checkSsh(cluster, steps);
    }
    return !steps.failed();
  }

  private static String way(ClusterConfig cluster) {
    SshConfig ssh = cluster.ssh();
    return ssh == null
        ? cluster.probe() + " without ssh"
        : cluster.probe() + " through " + ssh.user() + "@" + ssh.host() + ":" + ssh.port();
  }

  private void checkDirect(ClusterConfig cluster, ProbeAddress probe, StepPrinter steps) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(probe.host().replaceAll("[\\[\\]]", ""), probe.port()),
          (int) CONNECT_DEADLINE.toMillis());
      steps.ok("connect", probe.toString());
    } catch (IOException e) {
      steps.fail("connect", failure(cluster, FailureCode.PROBE_UNREACHABLE, e.getMessage()));
      return;
    }
    new ProbeCheck(cluster, steps)
        .check(probe.toString(), Optional::empty)
        .ifPresent(name -> met(name, cluster));
  }

  private void checkSsh(ClusterConfig cluster, StepPrinter steps) {
    SshDiagnosis diagnosis = new SshDiagnosis(cluster);
    addresses(cluster.ssh(), steps);
    try {
      HostKeySeen seen = diagnosis.hostKey();
      steps.ok("host key", seen.type() + " " + seen.sha256Fingerprint());
      diagnosis.knownHostsProblems().forEach(problem -> steps.warn("known hosts", problem));
      methods(diagnosis.loginMethods(), cluster, steps);
      Optional<Failure> login = diagnosis.tryLogin();
      if (login.isPresent()) {
        steps.fail("login", login.get());
        if (login.get().code() == FailureCode.SSH_AUTH_REFUSED) {
          sayLine(cluster, steps);
        }
        return;
      }
      steps.ok("login", "with " + cluster.ssh().identityFile());
      if (!leadsToProbe(cluster, diagnosis, steps)) {
        return;
      }
      try (SshForward forward = diagnosis.openForward()) {
        new ProbeCheck(cluster, steps)
            .check(forward.endpoint().toString(), forward::refusal)
            .ifPresent(name -> met(name, cluster));
      }
    } catch (SshDiagnosis.StepFailed e) {
      steps.fail("ssh", e.failure());
    }
  }

  private static boolean leadsToProbe(
      ClusterConfig cluster, SshDiagnosis diagnosis, StepPrinter steps)
      throws SshDiagnosis.StepFailed {
    boolean command = cluster.probe() instanceof ProbeCommand;
    if (command) {
      SshDiagnosis.Forced forced = diagnosis.tryForcedCommand();
      if (forced == SshDiagnosis.Forced.PROBE) {
        steps.ok("command", "the key starts the probe and nothing else");
        return true;
      }
      if (forced == SshDiagnosis.Forced.NOTHING) {
        steps.warn("command", "the key may run anything there; its authorized_keys line should be");
        sayLine(cluster, steps);
      }
    }
    Optional<Failure> probe = diagnosis.tryProbe();
    if (probe.isPresent()) {
      steps.fail(command ? "command" : "probe", probe.get());
      if (command) {
        sayLine(cluster, steps);
      }
      return false;
    }
    if (command) {
      steps.ok("command", cluster.probe().toString());
    }
    return true;
  }

  private static void addresses(SshConfig ssh, StepPrinter steps) {
    List<String> addresses = SshDiagnosis.addresses(ssh.host());
    if (addresses.size() > 1) {
      steps.warn(
          "addresses",
          ssh.host()
              + " has "
              + String.join(", ", addresses)
              + ": if these are several machines, the probe must run on each, or name one of them");
    } else if (addresses.isEmpty() && ssh.proxyJump() == null) {
      steps.warn("addresses", ssh.host() + " has no address here");
    } else {
      steps.ok("addresses", addresses.isEmpty() ? "known to the jump host only" : addresses.get(0));
    }
  }

  private static void methods(List<String> methods, ClusterConfig cluster, StepPrinter steps) {
    String offered = String.join(", ", methods);
    if (methods.contains("publickey") || methods.contains("none")) {
      steps.ok("methods", offered);
    } else {
      String probe =
          cluster.probe() instanceof ProbeAddress address
              ? address.hostAndPort()
              : "127.0.0.1:7621";
      steps.warn(
          "methods",
          offered
              + ": no public key is accepted, perhaps a second factor is wanted; open the way yourself with ssh -N -L 7621:"
              + probe
              + " and set \"ssh\": null, \"probe\": \"tcp://127.0.0.1:7621\"");
    }
  }

  /**
   * The very line that is perhaps missing there; without it people look for what is wrong with the
   * key.
   */
  private static void sayLine(ClusterConfig cluster, StepPrinter steps) {
    SshConfig ssh = cluster.ssh();
    try {
      String key =
          KeyPairFile.publicLine(
              ssh.identityFile(), ssh.passphraseFile(), "qstat-mesh-" + cluster.cluster());
      steps.line(AuthorizedKeysLine.leadingTo(cluster.probe(), key));
    } catch (IOException e) {
      steps.warn("key", e.getMessage());
    }
  }

  private void met(String serverName, ClusterConfig cluster) {
    servers.computeIfAbsent(serverName, name -> new ArrayList<>()).add(cluster.cluster());
  }

  static Failure failure(ClusterConfig cluster, FailureCode code, String detail) {
    return Failure.of(code, detail, System.currentTimeMillis(), cluster);
  }
}
