package org.qstatmesh.bus;

import java.util.stream.Collectors;

/** Every way in which a cluster's row can go without news, and what to try. */
public enum FailureCode {
  /**
   * No TCP connection to the login node, or it ended, or the server speaks no algorithm that we
   * accept.
   */
  SSH_UNREACHABLE("is {host} up? from here: ssh -p {port} {user}@{host}"),
  /** The login node refuses the key. */
  SSH_AUTH_REFUSED(
      "put the key's authorized_keys line into ~/.ssh/authorized_keys of {user} on {host} (qstat-mesh add prints it); a"
          + " second factor is asked for? see README, section on an ssh -L of your own"),
  /** The login node's host key is unknown, or not the one it had. */
  HOST_KEY_MISMATCH(
      "ask the administrators of {host} whether it was reinstalled; then renew its line in {knownHosts}"),
  /**
   * The login node is there, but nothing listens at the probe's port, or the key may not forward to
   * it.
   */
  PROBE_UNREACHABLE(
      "on {host}: systemctl status qstat-probe; the key's authorized_keys line must allow"
          + " permitopen=\"{probe}\"",
      "on {host}: systemctl status qstat-probe; if an ssh -L of your own leads to {probe}, is it up?",
      "as {user} on {host}: does {command} start? the key's authorized_keys line must force it with"
          + " the launcher's whole path: qstat-mesh check {cluster}"),
  /** The probe is there, but did not answer in time; or it does not let our key in. */
  PROBE_TIMEOUT("on {host}: qstat-probe doctor"),
  /** What answers is no probe, or one of another major version. */
  PROBE_PROTOCOL(
      "on {host}: is it a qstat-probe that listens on {probe}, of this version?",
      "on {host}: is it a qstat-probe that listens on {probe}, of this version?",
      "on {host}: the key's authorized_keys line must force {command}, of this version; {user}'s"
          + " shell must print nothing before it (~/.bashrc)"),
  /** The scheduler's command is not there. */
  DRMS_COMMAND_MISSING("on {host}: qstat-probe doctor; perhaps serve needs --command-path"),
  /** The scheduler's command failed. */
  DRMS_COMMAND_FAILED("on {host}: qstat-probe doctor; is the scheduler's server up?"),
  /** The scheduler does not answer. */
  DRMS_TIMEOUT("the scheduler itself may be in trouble; on {host}: qstat-probe doctor"),
  /** The scheduler said something that this version does not understand. */
  DRMS_UNPARSABLE("on {host}: qstat-probe doctor; attach its output to a bug report"),
  /** No poller that is up polls it; said by broadcast alone, it never crosses the mesh bus. */
  NO_POLLER(
      "does a poller run (--roles tunnel,poller), and does the conf/ of its node name {cluster}?");

  private static final String LABELS_HINT = " its node.labels must have one of: {labels}";
  private static final String CURVE_HINT = "; do the keys match? qstat-mesh check {cluster}";

  private final String hint;
  private final String hintWithoutSsh;
  private final String hintForCommand;

  FailureCode(String hint) {
    this(hint, hint, hint);
  }

  FailureCode(String hint, String hintWithoutSsh, String hintForCommand) {
    this.hint = hint;
    this.hintWithoutSsh = hintWithoutSsh;
    this.hintForCommand = hintForCommand;
  }

  /** What to try, for this cluster. */
  public String hint(ClusterConfig where) {
    String text = template(where).replace("{cluster}", where.cluster());
    if (where.probe() instanceof ProbeAddress address) {
      text = text.replace("{probe}", address.hostAndPort());
      if (where.ssh() == null) {
        text = text.replace("{host}", address.host());
      }
    } else if (where.probe() instanceof ProbeCommand command) {
      text = text.replace("{command}", command.words());
    }
    SshConfig ssh = where.ssh();
    if (ssh != null) {
      text =
          text.replace("{host}", ssh.host())
              .replace("{port}", Integer.toString(ssh.port()))
              .replace("{user}", ssh.user())
              .replace("{knownHosts}", String.valueOf(ssh.knownHostsFile()));
    }
    String labels = where.pollers().stream().sorted().collect(Collectors.joining(", "));
    return Printable.escape(text.replace("{labels}", labels));
  }

  private String template(ClusterConfig where) {
    if (this == NO_POLLER) {
      return where.pollers().isEmpty() ? hint : hint + LABELS_HINT;
    }
    if (where.probe() instanceof ProbeCommand) {
      return hintForCommand;
    }
    String way = where.ssh() == null ? hintWithoutSsh : hint;
    return this == PROBE_TIMEOUT && where.curve() != null ? way + CURVE_HINT : way;
  }

  /**
   * The code a probe's error names; {@link #PROBE_PROTOCOL} for one that this version does not
   * know.
   */
  public static FailureCode ofProbe(String code) {
    for (FailureCode known : values()) {
      if (known.name().equals(code)) {
        return known;
      }
    }
    return PROBE_PROTOCOL;
  }
}
