package org.qstatmesh.broadcast.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a script apart by ECMA-262's lexical grammar. A stroke begins a regular expression or
 * divides, as what stands before it says; after a closing brace it may be either, and is refused.
 */
final class ScriptReader {
  /** After these a value begins, so that a stroke is not a division. */
  private static final Set<String> BEFORE_A_VALUE =
      Set.of(
          "return",
          "typeof",
          "case",
          "in",
          "of",
          "do",
          "else",
          "void",
          "delete",
          "new",
          "throw",
          "instanceof",
          "await",
          "yield",
          "default");

  private final String name;
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private ScriptReader(String name, String source) {
    this.name = name;
    this.source = source;
  }

  /** The tokens in their order; {@code name} is for what is said of a fault. */
  static List<Token> read(String name, String source) {
    ScriptReader reader = new ScriptReader(name, source);
    Token last = null;
    for (Token token = reader.next(null); token != null; token = reader.next(last)) {
      reader.tokens.add(token);
      last = token;
    }
    return List.copyOf(reader.tokens);
  }

  private Token next(Token last) {
    int from = at;
    int lineFrom = line;
    skipBlanks();
    if (at >= source.length()) {
      return null;
    }
    boolean spaced = at > from;
    boolean lined = line > lineFrom;
    int start = at;
    int startLine = line;
    Token.Kind kind = kindHere(last);
    switch (kind) {
      case WORD -> skipWord();
      case STRING -> skipString();
      case TEMPLATE -> skipTemplate();
      case PATTERN -> skipPattern();
      case SIGN -> at++;
    }
    return new Token(kind, source.substring(start, at), spaced, lined, startLine);
  }

  private Token.Kind kindHere(Token last) {
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      return Token.Kind.STRING;
    }
    if (c == '`') {
      return Token.Kind.TEMPLATE;
    }
    if (isWord(c) || (c == '.' && isDigit(at + 1))) {
      return Token.Kind.WORD;
    }
    return c == '/' && beginsPattern(last) ? Token.Kind.PATTERN : Token.Kind.SIGN;
  }

  private boolean beginsPattern(Token last) {
    if (last == null) {
      return true;
    }
    return switch (last.kind()) {
      case WORD -> BEFORE_A_VALUE.contains(last.text());
      case STRING, TEMPLATE, PATTERN -> false;
      case SIGN -> {
        if (last.is("}")) {
          throw fault("a stroke after a closing brace: give what it divides a name");
        }
        yield !last.is(")") && !last.is("]");
      }
    };
  }

  private void skipBlanks() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
        at++;
      } else if (source.startsWith("//", at)) {
        at = endOr(source.indexOf('\n', at));
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw fault("a comment without end");
        }
        line += (int) source.substring(at, end).chars().filter(any -> any == '\n').count();
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private int endOr(int found) {
    return found < 0 ? source.length() : found;
  }

  private void skipWord() {
    boolean number = isDigit(at) || source.charAt(at) == '.';
    boolean decimal = number && !source.startsWith("0x", at) && !source.startsWith("0X", at);
    while (at < source.length()) {
      char c = source.charAt(at);
      boolean sign = decimal && (c == '+' || c == '-') && "eE".indexOf(source.charAt(at - 1)) >= 0;
      if (!isWord(c) && !(number && c == '.') && !sign) {
        return;
      }
      at++;
    }
  }

  private void skipString() {
    char quote = source.charAt(at++);
    for (; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '\n') {
        break;
      } else if (c == quote) {
        at++;
        return;
      }
    }
    throw fault("a string without end");
  }

  private void skipTemplate() {
    at++;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\') {
        at += 2;
      } else if (c == '`') {
        at++;
        return;
      } else if (source.startsWith("${", at)) {
        at += 2;
        skipHole();
      } else {
        if (c == '\n') {
          line++;
        }
        at++;
      }
    }
    throw fault("a template without end");
  }

  /** The code in a template, to its brace. */
  private void skipHole() {
    int depth = 1;
    Token last = null;
    for (Token token = next(null); token != null; token = next(last)) {
      if (token.is(Token.Kind.SIGN)) {
        depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      }
      if (depth == 0) {
        return;
      }
      last = token;
    }
    throw fault("a template without end");
  }

  private void skipPattern() {
    boolean inClass = false;
    for (at++; at < source.length() && source.charAt(at) != '\n'; at++) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        at++;
        while (at < source.length() && isWord(source.charAt(at))) {
          at++;
        }
        return;
      }
    }
    throw fault("a regular expression without end");
  }

  private boolean isDigit(int index) {
    return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
  }

  private static boolean isWord(char c) {
    return (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
        || c == '$'
        || c == '#'
        || c == '@'
        || Character.isSurrogate(c);
  }

  private PackingFault fault(String what) {
    return new PackingFault(name, line, what);
  }
}
