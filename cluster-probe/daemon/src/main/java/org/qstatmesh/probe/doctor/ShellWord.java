package org.qstatmesh.probe.doctor;

/** A word as a shell reads it, and as authorized_keys quotes it. */
public final class ShellWord {
  private ShellWord() {}

  /** The word itself, in quotation marks where a shell would see more than a word in it. */
  public static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** A command as the value of an option of authorized_keys, sshd(8): only the quote is special. */
  static String inAuthorizedKeys(String command) {
    return "\"" + command.replace("\"", "\\\"") + "\"";
  }
}
