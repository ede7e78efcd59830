package org.qstatmesh.mesh.add;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
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

  /** Null without CURVE, and before the keys are there. */
  private CurveConfig curve;

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
    if (request.curve()) {
      curve = curveKeys();
    }
    ClusterConfig cluster = cluster();
    if (request.jump() != null) {
      ClusterConfig jump = jumpAsCluster();
      if (!trusts(jump)) {
        return Outcome.REFUSED;
      }
      sayLine(
          request.jump(),
          does(jump.probe()),
          AuthorizedKeysLine.leadingTo(jump.probe(), publicLine));
      boolean there = prompt.waits("Press Enter when it is there.");
      if (!there) {
        prompt.say("Nobody answers; going on.");
      }
    }
    if (!trusts(cluster)) {
      return Outcome.REFUSED;
    }
    sayLine(
        request.login(),
        does(request.probe()),
        AuthorizedKeysLine.leadingTo(request.probe(), publicLine));
    if (curve != null) {
      sayKeys();
    }
    Files.writeString(
        file,
        new ClusterFile(request).text(curve == null ? null : curve.serverKey()),
        StandardOpenOption.CREATE_NEW);
    prompt.say("Written: " + file);
    return prompt.waits("Press Enter when that is done, to check the way.")
        ? Outcome.READY
        : Outcome.WRITTEN;
  }

  /** The cluster as conf/ID.json will say it. */
  public ClusterConfig cluster() {
    return asCluster(request.login(), request.probe(), jumpConfig(), curve);
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
    return asCluster(request.jump(), behind, null, null);
  }

  private ClusterConfig asCluster(
      LoginTarget login, ProbeAccess probe, SshConfig jump, CurveConfig keys) {
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
            jump),
        keys,
        Set.of());
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

  private CurveConfig curveKeys() throws IOException {
    CurveFiles files = request.curveFiles();
    boolean known = files.areThere();
    String serverKey = files.serverKey();
    prompt.say(
        (known ? "Using the keys that are there: " : "Made keys for both ends: ")
            + files.mesh()
            + " and "
            + files.probe());
    return new CurveConfig(serverKey, files.mesh());
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

  private static String does(ProbeAccess probe) {
    return probe instanceof ProbeAddress address
        ? "opens " + address.hostAndPort()
        : "starts the probe";
  }

  private void sayLine(LoginTarget login, String does, String line) {
    prompt.say("");
    prompt.say(
        "Put this line into ~/.ssh/authorized_keys of %s on %s; it %s and nothing else:"
            .formatted(login.user(), login.host(), does));
    prompt.say("");
    prompt.say(line);
    prompt.say("");
    if (request.probe() instanceof ProbeCommand && login.equals(request.login())) {
      prompt.say("The command in it must be found there: name the launcher with its whole path.");
      prompt.say("");
    }
  }

  private void sayKeys() {
    Path file = request.curveFiles().probe();
    prompt.say("Copy the probe's keys there, and remove them here:");
    prompt.say("");
    prompt.say(CopyCommand.of(file, request.login(), request.jump()));
    prompt.say("");
    prompt.say("The probe reads them, and lets in this mesh alone, when it is started with");
    prompt.say("");
    prompt.say("qstat-probe serve --curve " + file.getFileName());
    prompt.say("");
  }
}
