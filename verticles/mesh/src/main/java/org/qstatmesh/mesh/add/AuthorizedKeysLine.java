package org.qstatmesh.mesh.add;

/**
 * The line for ~/.ssh/authorized_keys that lets a key open one port and nothing else. Tried against
 * OpenSSH 9.2: {@code restrict} alone also switches the forward off; without {@code command} the
 * key could run programs; without {@code permitlisten} it could open ports of the login node.
 */
public final class AuthorizedKeysLine {
  private AuthorizedKeysLine() {}

  /** For a key that may reach {@code hostAndPort} from the machine that it logs in to. */
  public static String opening(String hostAndPort, String publicLine) {
    return "restrict,port-forwarding,permitopen=\""
        + hostAndPort
        + "\",permitlisten=\"127.0.0.1:1\",command=\"/usr/sbin/nologin\" "
        + publicLine;
  }
}
