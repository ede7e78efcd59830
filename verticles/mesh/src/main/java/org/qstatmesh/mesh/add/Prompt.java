package org.qstatmesh.mesh.add;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.qstatmesh.bus.Printable;

/** Asks the person at the terminal; an input that has ended answers nothing. */
public final class Prompt {
  private final BufferedReader in;
  private final PrintWriter out;

  /** Reads lines from {@code in}, writes questions to {@code out}. */
  public Prompt(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  void say(String text) {
    out.println(text);
    out.flush();
  }

  /** Says something in which a remote host had a word. */
  void quote(String text) {
    say(Printable.escape(text));
  }

  /** True only for the whole word yes. */
  boolean confirms(String question) throws IOException {
    out.print(question + " [yes/no] ");
    out.flush();
    String line = in.readLine();
    if (line == null) {
      say("");
      return false;
    }
    return line.strip().toLowerCase(Locale.ROOT).equals("yes");
  }

  /** Waits for Enter; false when nobody is there. */
  boolean waits(String text) throws IOException {
    out.print(text + " ");
    out.flush();
    String line = in.readLine();
    if (line == null) {
      say("");
    }
    return line != null;
  }
}
