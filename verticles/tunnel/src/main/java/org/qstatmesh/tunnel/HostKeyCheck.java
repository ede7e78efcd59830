package org.qstatmesh.tunnel;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.qstatmesh.bus.FailureCode;

/**
 * Accepts a host key only if it is on file, and keeps in words why it did not: sshj itself gives an
 * unknown and a changed key the same error.
 */
final class HostKeyCheck implements HostKeyVerifier {
  private final KnownHosts known;
  private volatile SshFailure refusal;

  HostKeyCheck(KnownHosts known) {
    this.known = known;
  }

  /** Why the key was refused; null if none was. */
  SshFailure refusal() {
    return refusal;
  }

  @Override
  public boolean verify(String host, int port, PublicKey key) {
    byte[] blob = HostKeySeen.blob(key);
    String type = HostKeySeen.typeOf(blob);
    KnownHosts.Verdict verdict = known.judge(host, port, type, blob);
    String shown = type + " key " + HostKeySeen.fingerprint(blob);
    String name = KnownHosts.nameOf(host, port);
    String why =
        switch (verdict) {
          case KNOWN -> null;
          case UNKNOWN_HOST ->
              "unknown host key: " + name + " shows " + shown + " and is not in " + known.file();
          case OTHER_TYPE ->
              "unknown host key: %s shows %s; %s has only %s of it"
                  .formatted(
                      name, shown, known.file(), String.join(", ", known.typesOf(host, port)));
          case CHANGED ->
              "CHANGED host key: %s shows %s, which is not the one in %s: reinstalled, or somebody in between"
                  .formatted(name, shown, known.file());
          case REVOKED ->
              "revoked host key: "
                  + name
                  + " shows "
                  + shown
                  + ", which "
                  + known.file()
                  + " marks as @revoked";
        };
    if (why != null) {
      refusal = new SshFailure(FailureCode.HOST_KEY_MISMATCH, why + unreadable());
    }
    return why == null;
  }

  private String unreadable() {
    List<String> problems = known.problems();
    return problems.isEmpty() ? "" : " (ignored: " + String.join("; ", problems) + ")";
  }

  /**
   * Signature algorithms of the keys on file, so that the server is asked for one of those first.
   */
  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    List<String> algorithms = new ArrayList<>();
    for (String type : known.typesOf(host, port)) {
      if (type.equals("ssh-rsa")) {
        // The type of the key, not of the signature: RFC 8332.
        algorithms.add("rsa-sha2-512");
        algorithms.add("rsa-sha2-256");
      } else {
        algorithms.add(type);
      }
    }
    return algorithms;
  }
}
