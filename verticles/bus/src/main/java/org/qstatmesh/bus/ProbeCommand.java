package org.qstatmesh.bus;

/**
 * A probe that speaks over its standard input and output: it is started through ssh and opens no
 * port. Where the key's authorized_keys line forces a command, that one runs instead.
 *
 * @param words as the login shell on the other side reads them; one line
 */
public record ProbeCommand(String words) implements ProbeAccess {
  /** What conf/ says instead of an address. */
  public static final String CONFIGURED_AS = "stdio";

  /** What runs unless conf/ says otherwise. */
  public static final ProbeCommand STANDARD = new ProbeCommand("qstat-probe serve --stdio");

  /** Insists on one line. */
  public ProbeCommand {
    if (words.isBlank() || words.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a command is one line");
    }
  }

  /** {@code stdio: } and the words. */
  @Override
  public String toString() {
    return CONFIGURED_AS + ": " + words;
  }
}
