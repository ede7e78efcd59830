package org.qstatmesh.broadcast.packing;

import java.util.List;

/**
 * Writes tokens one after the other with no more between them than keeps their meaning: a blank
 * between two words, a new line wherever one stood that could end a statement.
 */
final class ScriptWriter {
  /** After these no statement can end. */
  private static final String OPEN = "{([,;";

  /** Before these no semicolon is put in, or one that changes nothing. */
  private static final String CLOSE = "})].,;";

  private ScriptWriter() {}

  static String write(List<Token> tokens) {
    StringBuilder out = new StringBuilder();
    Token last = null;
    for (Token token : tokens) {
      if (last != null) {
        out.append(between(last, token));
      }
      out.append(token.text());
      last = token;
    }
    return out.toString();
  }

  private static String between(Token last, Token token) {
    if (token.lineBefore() && !isOne(last, OPEN) && !isOne(token, CLOSE)) {
      return "\n";
    }
    return (token.spaceBefore() || token.lineBefore()) && wouldMerge(last, token) ? " " : "";
  }

  private static boolean isOne(Token token, String signs) {
    return token.is(Token.Kind.SIGN) && signs.contains(token.text());
  }

  private static boolean wouldMerge(Token last, Token token) {
    if (last.is(Token.Kind.SIGN) && token.is(Token.Kind.SIGN)) {
      return last.is(token.text()) && "+-/".contains(token.text());
    }
    if (token.is(Token.Kind.PATTERN)) {
      return last.is("/") || last.is("<");
    }
    boolean wordly = last.is(Token.Kind.WORD) || last.is(Token.Kind.PATTERN);
    return wordly && (token.is(Token.Kind.WORD) || token.is("."));
  }
}
