package org.qstatmesh.mesh.add;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SshConfig;
import org.qstatmesh.tunnel.HostKeySeen;
import org.qstatmesh.tunnel.KeyPairFile;
import org.qstatmesh.tunnel.SshDiagnosis;

/** The steps of {@code add}, with the person who decides. */
public final class ClusterAddition {
  private static final FileAttribute<?> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final AddRequest request;
  private final Prompt prompt;

  /** Nothing is done yet. */
  public ClusterAddition(AddRequest request, Prompt prompt) {
    this.request = request;
    this.prompt = prompt;
  }

  /** What became of it. */
  public enum Outcome {
    /** conf/ID.json is written, and the person says that the key's line is in place. */
    READY,
    /** conf/ID.json is written; the key's line may still be missing. */
    WRITTEN,
    /** The person does not trust the host key; nothing was written but the key. */
    REFUSED
  }

  /**
   * Goes through the steps.
   *
   * @throws IOException that names the file which cannot be written or exists already
   * @throws SshDiagnosis.StepFailed when a host cannot be reached
   */
  public Outcome run() throws IOException, SshDiagnosis.StepFailed {
    Path file = request.clusterFile();
    if (Files.exists(file)) {
      throw new IOException(file + " exists already; remove it first, or choose another id");
    }
    String publicLine = key();
    ClusterConfig cluster = cluster();
    if (request.jump() != null) {
      ClusterConfig jump = jumpAsCluster();
      if (!trusts(jump)) {
        return Outcome.REFUSED;
      }
      sayLine(request.jump(), request.login().host() + ":" + request.login().port(), publicLine);
      boolean there = prompt.waits("Press Enter when it is there.");
      if (!there) {
        prompt.say("Nobody answers; going on.");
      }
    }
    if (!trusts(cluster)) {
      return Outcome.REFUSED;
    }
    sayLine(request.login(), request.probe().host() + ":" + request.probe().port(), publicLine);
    Files.writeString(file, json().encodePrettily() + "\n", StandardOpenOption.CREATE_NEW);
    prompt.say("Written: " + file);
    return prompt.waits("Press Enter when the line is in place, to check the way.")
        ? Outcome.READY
        : Outcome.WRITTEN;
  }

  /** The cluster as conf/ID.json will say it. */
  public ClusterConfig cluster() {
    return asCluster(request.login(), request.probe(), jumpConfig());
  }

  private SshConfig jumpConfig() {
    LoginTarget jump = request.jump();
    return jump == null
        ? null
        : new SshConfig(
            jump.host(),
            jump.port(),
            jump.user(),
            request.keyFile(),
            null,
            request.knownHosts(),
            null);
  }

  private ClusterConfig jumpAsCluster() {
    ProbeAddress behind = new ProbeAddress(request.login().host(), request.login().port());
    return asCluster(request.jump(), behind, null);
  }

  private ClusterConfig asCluster(LoginTarget login, ProbeAddress probe, SshConfig jump) {
    return new ClusterConfig(
        request.id(),
        request.title() == null ? request.id() : request.title(),
        0,
        probe,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        64 << 20,
        new SshConfig(
            login.host(),
            login.port(),
            login.user(),
            request.keyFile(),
            null,
            request.knownHosts(),
            jump));
  }

  private String key() throws IOException {
    Path key = request.keyFile();
    String comment = "qstat-mesh-" + request.id();
    if (Files.exists(key)) {
      prompt.say("Using the key that is there: " + key);
      return KeyPairFile.publicLine(key, null, comment);
    }
    Files.createDirectories(key.getParent(), OWNER_DIRECTORY);
    String line = KeyPairFile.generateEd25519(key, comment);
    prompt.say("Made a key: " + key);
    return line;
  }

  private boolean trusts(ClusterConfig where) throws IOException, SshDiagnosis.StepFailed {
    SshConfig ssh = where.ssh();
    HostKeySeen seen = new SshDiagnosis(where).hostKey();
    Path knownHosts = request.knownHosts();
    if (Files.exists(knownHosts)
        && Files.readAllLines(knownHosts).contains(seen.knownHostsLine())) {
      prompt.quote("Host key of " + ssh.host() + " is known: " + seen.sha256Fingerprint());
      return true;
    }
    prompt.quote("%s:%d shows this host key:".formatted(ssh.host(), ssh.port()));
    prompt.quote("  %s %s".formatted(seen.type(), seen.sha256Fingerprint()));
    prompt.say("Compare it with what its administrators publish, or with another login's");
    prompt.say("  ssh-keygen -l -F " + knownName(ssh));
    if (!prompt.confirms("Is it the right one?")) {
      prompt.say("Not trusted; nothing was added.");
      return false;
    }
    Files.writeString(
        knownHosts,
        seen.knownHostsLine() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return true;
  }

  private static String knownName(SshConfig ssh) {
    return ssh.port() == 22 ? ssh.host() : "'[" + ssh.host() + "]:" + ssh.port() + "'";
  }

  private void sayLine(LoginTarget login, String opened, String publicLine) {
    prompt.say("");
    prompt.say(
        "Put this line into ~/.ssh/authorized_keys of %s on %s; it opens %s and nothing else:"
            .formatted(login.user(), login.host(), opened));
    prompt.say("");
    prompt.say(AuthorizedKeysLine.opening(opened, publicLine));
    prompt.say("");
  }

  private JsonObject json() {
    JsonObject cluster = new JsonObject();
    if (request.title() != null) {
      cluster.put("title", request.title());
    }
    cluster
        .put("probe", request.probe().toString())
        .put(
            "ssh",
            ssh(request.login())
                .put("proxyJump", request.jump() == null ? null : ssh(request.jump())));
    return new JsonObject()
        .put("$schema", "schema/mesh.schema.json")
        .put("clusters", new JsonObject().put(request.id(), cluster));
  }

  private JsonObject ssh(LoginTarget login) {
    return new JsonObject()
        .put("host", login.host())
        .put("port", login.port())
        .put("user", login.user())
        .put("identityFile", "keys/" + request.id())
        .put("knownHostsFile", "known_hosts");
  }
}
