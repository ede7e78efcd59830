package org.qstatmesh.probe.doctor;

import java.util.List;
import java.util.Locale;

/** What to write on the server and on this host so that a mesh finds this probe. */
final class ServerSetup {
  private static final int LONGEST_ID = 40;

  private final Surroundings surroundings;
  private final String options;
  private final String id;

  /**
   * For this machine.
   *
   * @param options those of the probe, each with a blank in front
   */
  ServerSetup(Surroundings surroundings, String options) {
    this.surroundings = surroundings;
    this.options = options;
    this.id = id(surroundings.hostName());
  }

  /** The host's first name as an id of conf/: lower case, digits and hyphens. */
  static String id(String hostName) {
    String name =
        hostName
            .split("\\.", 2)[0]
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String id = name.isEmpty() ? "cluster" : name;
    return id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
  }

  List<String> lines() {
    String login = surroundings.userName() + "@" + surroundings.hostName();
    String stdio = surroundings.launcher() + " serve --stdio" + options;
    String key = "ssh-ed25519 AAAA... (the one line of keys/" + id + ".pub on the server)";
    return List.of(
        "On the server, this writes all of it by itself:",
        "qstat-mesh add " + id + " " + login + " --stdio --probe-command " + ShellWord.quote(stdio),
        "If the server knows this host by another name than "
            + surroundings.hostName()
            + ", take that one.",
        "By hand: ssh-keygen -t ed25519 -N '' -f conf/keys/"
            + id
            + ", and this host's key in conf/known_hosts.",
        "",
        "1. stdio: sshd starts the probe, and no port is open. For any login node, best for a shared one.",
        "   conf/" + id + ".json on the server:",
        cluster("\"stdio\", \"probeCommand\": \"" + inJson(stdio) + "\""),
        "   ~" + surroundings.userName() + "/.ssh/authorized_keys on this host, one line:",
        "restrict,command=" + ShellWord.inAuthorizedKeys(stdio) + " " + key,
        "   sshd runs it with the account's shell, which must not be nologin.",
        "   With from=\"ADDRESS-OF-THE-SERVER\", in front the key is good from there only.",
        "",
        "2. tcp: the probe runs for good (qstat-probe.service) and listens on loopback.",
        "   conf/" + id + ".json on the server:",
        cluster("\"tcp://127.0.0.1:7621\""),
        "   ~" + surroundings.userName() + "/.ssh/authorized_keys on this host, one line:",
        "restrict,port-forwarding,permitopen=\"127.0.0.1:7621\",permitlisten=\"127.0.0.1:1\","
            + "command=\"/usr/sbin/nologin\" "
            + key,
        "   On a shared login node with keys at both ends: 'qstat-mesh add "
            + id
            + " "
            + login
            + " --curve'",
        "   makes them, and the probe is started with: "
            + surroundings.launcher()
            + " serve --curve FILE"
            + options);
  }

  private String cluster(String probe) {
    return """
        {"clusters": {"%s": {"title": "%s", "probe": %s,
          "ssh": {"host": "%s", "user": "%s"}}}}"""
        .formatted(id, id, probe, surroundings.hostName(), inJson(surroundings.userName()));
  }

  private static String inJson(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
