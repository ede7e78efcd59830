package org.qstatmesh.bus;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP endpoint of ZeroMQ.
 *
 * @param host name or address; IPv6 in brackets
 * @param port 1 to 65535
 */
public record ProbeAddress(String host, int port) implements ProbeAccess {
  private static final Pattern FORM =
      Pattern.compile("tcp://(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  /** Insists on a host and a port. */
  public ProbeAddress {
    Objects.requireNonNull(host);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /**
   * Reads {@code tcp://host:port}; throws {@link IllegalArgumentException} that says what is wrong.
   */
  public static ProbeAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not of the form tcp://host:port");
    }
    return new ProbeAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  /** {@code host:port}, as ssh and people write it. */
  public String hostAndPort() {
    return host + ":" + port;
  }

  /** {@code tcp://host:port}. */
  @Override
  public String toString() {
    return "tcp://" + host + ":" + port;
  }
}
