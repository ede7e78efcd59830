package org.qstatmesh.mesh.add;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The line that a person types to copy a file to a login node, by the way that we take too. */
final class CopyCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./\\[\\]-]+");

  private CopyCommand() {}

  /** With {@code scp}; the file keeps its mode and its name, and lies in the home directory. */
  static String of(Path file, LoginTarget login, LoginTarget jump) {
    StringBuilder line = new StringBuilder("scp -p");
    if (login.port() != 22) {
      line.append(" -P ").append(login.port());
    }
    if (jump != null) {
      line.append(" -J ").append(quote(jump.toString()));
    }
    return line.append(' ')
        .append(quote(file.toString()))
        .append(' ')
        .append(quote(login.user() + "@" + login.host() + ":"))
        .toString();
  }

  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
