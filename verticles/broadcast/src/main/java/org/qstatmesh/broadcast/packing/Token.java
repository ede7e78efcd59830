package org.qstatmesh.broadcast.packing;

/**
 * One piece of a script that means something.
 *
 * @param text as it is written
 * @param spaceBefore whether blanks or a comment stood before it
 * @param lineBefore whether a new line did
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, boolean spaceBefore, boolean lineBefore, int line) {
  enum Kind {
    /** A name, a keyword or a number. */
    WORD,
    /** A string with its quotes. */
    STRING,
    /** A template with all that is in it. */
    TEMPLATE,
    /** A regular expression with its flags. */
    PATTERN,
    /** One character of any other kind. */
    SIGN
  }

  boolean is(String other) {
    return text.equals(other);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** What a string says; our sources escape nothing in the strings that this is asked of. */
  String content() {
    return text.substring(1, text.length() - 1);
  }
}
