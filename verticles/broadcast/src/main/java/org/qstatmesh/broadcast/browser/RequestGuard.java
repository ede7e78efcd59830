package org.qstatmesh.broadcast.browser;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may talk to this server. A websocket's Origin must equal Host or be listed; a request without
 * Origin comes from no browser and is let in, since only a browser carries somebody else's rights.
 * On a loopback address Host must be a loopback name, or the name in a listed origin: else a page
 * of another site could reach this one by pointing its own name at 127.0.0.1.
 */
final class RequestGuard {
  private static final Pattern LOOPBACK_LITERAL =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1\\]?");

  private final boolean loopback;
  private final Set<String> origins = new HashSet<>();

  /** Names in the listed origins. */
  private final Set<String> hostNames = new HashSet<>();

  /**
   * @param loopback whether the server listens on a loopback address
   * @param origins listed origins, {@code https://host[:port]}
   */
  RequestGuard(boolean loopback, List<String> origins) {
    this.loopback = loopback;
    for (String origin : origins) {
      this.origins.add(origin.toLowerCase(Locale.ROOT));
      hostNames.add(nameOf(authorityOf(origin.toLowerCase(Locale.ROOT))));
    }
  }

  /** Whether an address to listen on is reached from this machine only. */
  static boolean isLoopback(String host) {
    return LOOPBACK_LITERAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a request with this Host header is meant for this server. */
  boolean allowsHost(String host) {
    if (host == null || host.isEmpty()) {
      return false;
    }
    String name = nameOf(host.toLowerCase(Locale.ROOT));
    return !loopback || isLoopback(name) || hostNames.contains(name);
  }

  /** Whether a page of this origin may open a websocket here. */
  boolean allowsOrigin(String origin, String host) {
    if (origin == null) {
      return true;
    }
    String asked = origin.toLowerCase(Locale.ROOT);
    return origins.contains(asked)
        || (host != null && isSamePlace(asked, host.toLowerCase(Locale.ROOT)));
  }

  private static boolean isSamePlace(String origin, String host) {
    String authority = authorityOf(origin);
    String defaultPort = origin.startsWith("https://") ? ":443" : ":80";
    return !authority.isEmpty() && strip(authority, defaultPort).equals(strip(host, defaultPort));
  }

  private static String strip(String authority, String port) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }

  /** Empty for what is not an http origin. */
  private static String authorityOf(String origin) {
    try {
      URI uri = URI.create(origin);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getRawAuthority() != null ? uri.getRawAuthority() : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String nameOf(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
