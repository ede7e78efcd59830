package org.qstatmesh.mesh.add;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login as people write it: {@code user@host} or {@code user@host:port}.
 *
 * @param user login name
 * @param host name or address; IPv6 in brackets
 * @param port of the sshd
 */
public record LoginTarget(String user, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<user>[A-Za-z0-9._$\\\\][A-Za-z0-9._$@\\\\-]*)@(?<host>\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::(?<port>[0-9]{1,5}))?");

  /** Reads it; throws {@link IllegalArgumentException} that says what is wrong. */
  public static LoginTarget parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not of the form USER@HOST or USER@HOST:PORT");
    }
    int port = matcher.group("port") == null ? 22 : Integer.parseInt(matcher.group("port"));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
    return new LoginTarget(matcher.group("user"), matcher.group("host"), port);
  }

  @Override
  public String toString() {
    return user + "@" + host + (port == 22 ? "" : ":" + port);
  }
}
