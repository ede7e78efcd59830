package org.qstatmesh.mesh.add;

import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;

/**
 * The line for ~/.ssh/authorized_keys that lets a key open one port, or start the probe, and
 * nothing else. Tried against OpenSSH 9.2: {@code restrict} alone also switches the forward off;
 * without {@code command} the key could run programs; without {@code permitlisten} it could open
 * ports of the login node.
 */
public final class AuthorizedKeysLine {
  private AuthorizedKeysLine() {}

  /** For a key that leads to that probe. */
  public static String leadingTo(ProbeAccess probe, String publicLine) {
    return probe instanceof ProbeCommand command
        ? "restrict,command=\"" + command.words().replace("\"", "\\\"") + "\" " + publicLine
        : opening(((ProbeAddress) probe).hostAndPort(), publicLine);
  }

  /** For a key that may reach {@code hostAndPort} from the machine that it logs in to. */
  static String opening(String hostAndPort, String publicLine) {
    return "restrict,port-forwarding,permitopen=\""
        + hostAndPort
        + "\",permitlisten=\"127.0.0.1:1\",command=\"/usr/sbin/nologin\" "
        + publicLine;
  }
}
