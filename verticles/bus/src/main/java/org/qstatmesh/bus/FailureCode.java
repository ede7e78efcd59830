package org.qstatmesh.bus;

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
      "on {host}: systemctl status qstat-probe; if an ssh -L of your own leads to {probe}, is it up?"),
  /** The probe is there, but did not answer in time. */
  PROBE_TIMEOUT("on {host}: qstat-probe doctor"),
  /** What answers is no probe, or one of another major version. */
  PROBE_PROTOCOL("on {host}: is it a qstat-probe that listens on {probe}, of this version?"),
  /** The scheduler's command is not there. */
  DRMS_COMMAND_MISSING("on {host}: qstat-probe doctor; perhaps serve needs --command-path"),
  /** The scheduler's command failed. */
  DRMS_COMMAND_FAILED("on {host}: qstat-probe doctor; is the scheduler's server up?"),
  /** The scheduler does not answer. */
  DRMS_TIMEOUT("the scheduler itself may be in trouble; on {host}: qstat-probe doctor"),
  /** The scheduler said something that this version does not understand. */
  DRMS_UNPARSABLE("on {host}: qstat-probe doctor; attach its output to a bug report");

  private final String hint;
  private final String hintWithoutSsh;

  FailureCode(String hint) {
    this(hint, hint);
  }

  FailureCode(String hint, String hintWithoutSsh) {
    this.hint = hint;
    this.hintWithoutSsh = hintWithoutSsh;
  }

  /** What to try, for this cluster. */
  public String hint(ClusterConfig where) {
    SshConfig ssh = where.ssh();
    String host = ssh == null ? where.probe().host() : ssh.host();
    String text =
        (ssh == null ? hintWithoutSsh : hint)
            .replace("{host}", host)
            .replace("{probe}", where.probe().host() + ":" + where.probe().port());
    if (ssh != null) {
      text =
          text.replace("{port}", Integer.toString(ssh.port()))
              .replace("{user}", ssh.user())
              .replace("{knownHosts}", String.valueOf(ssh.knownHostsFile()));
    }
    return Printable.escape(text);
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
