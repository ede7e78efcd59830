package org.qstatmesh.mesh.config;

import java.util.regex.Pattern;

/** Tells addresses that only this host reaches; by their form, without asking a name server. */
final class Loopback {
  private static final Pattern FORM =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  static boolean isLoopback(String host) {
    return FORM.matcher(host).matches();
  }
}
