package org.qstatmesh.broadcast.packing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One module of the page, in the way ours are written: imports by name from a path, exports of
 * functions, classes and constants where they are declared.
 *
 * @param path below webroot/, with strokes
 * @param imports in their order
 * @param lazy paths of what it imports when it is wanted
 * @param exports names
 * @param body the tokens that are left without the imports and the word export
 */
record PageModule(
    String path, List<Import> imports, Set<String> lazy, List<String> exports, List<Token> body) {
  private static final Set<String> DECLARING = Set.of("function", "class", "const");

  /**
   * An import.
   *
   * @param from path of the module
   * @param names as in a destructuring pattern; empty where the module is only run
   */
  record Import(String from, List<String> names) {}

  PageModule {
    imports = List.copyOf(imports);
    exports = List.copyOf(exports);
    body = List.copyOf(body);
  }

  /** What a file shares of it with other files; no name of our sources begins so. */
  String shared() {
    return "$" + path.replaceFirst("\\.js$", "").replaceFirst("^js/", "").replaceAll("\\W", "_");
  }

  /** The body as it is in a file of another folder, from where other paths lead to the same. */
  List<Token> bodyIn(String file) {
    List<Token> moved = new ArrayList<>(body);
    for (int i = 2; i < moved.size(); i++) {
      if (moved.get(i - 2).is("import") && moved.get(i - 1).is("(")) {
        Token target = moved.get(i);
        String there = relative(file, resolve(path, target.content()));
        moved.set(i, new Token(target.kind(), "'" + there + "'", false, false, target.line()));
      }
    }
    return moved;
  }

  /** From one file to another, as an import says it. */
  static String relative(String from, String to) {
    String way = folder(from).relativize(Path.of(to)).toString().replace('\\', '/');
    return way.startsWith("../") ? way : "./" + way;
  }

  private static String resolve(String from, String said) {
    return folder(from).resolve(said).normalize().toString().replace('\\', '/');
  }

  private static Path folder(String file) {
    return Objects.requireNonNull(Path.of(file).getParent(), file);
  }

  static PageModule read(String path, String source) {
    return new Parser(path, ScriptReader.read(path, source)).parse();
  }

  private static final class Parser {
    private final String path;
    private final List<Token> tokens;
    private final List<Import> imports = new ArrayList<>();
    private final Set<String> lazy = new LinkedHashSet<>();
    private final List<String> exports = new ArrayList<>();
    private final List<Token> body = new ArrayList<>();
    private int at;

    Parser(String path, List<Token> tokens) {
      this.path = path;
      this.tokens = tokens;
    }

    PageModule parse() {
      int depth = 0;
      while (at < tokens.size()) {
        Token token = tokens.get(at);
        if (token.is(Token.Kind.WORD) && token.text().startsWith("$")) {
          throw fault(token, "names that begin with $ are kept for the packed page");
        }
        boolean member = at > 0 && tokens.get(at - 1).is(".");
        if (token.is("import") && !member) {
          readImport(token, depth);
        } else if (token.is("export") && !member) {
          readExport(token, depth);
        } else if (token.is("await") && depth == 0) {
          throw fault(token, "await outside of a function");
        } else {
          depth += depthOf(token);
          body.add(token);
          at++;
        }
      }
      return new PageModule(path, imports, lazy, exports, body);
    }

    private static int depthOf(Token token) {
      if (!token.is(Token.Kind.SIGN)) {
        return 0;
      }
      return switch (token.text()) {
        case "{", "(", "[" -> 1;
        case "}", ")", "]" -> -1;
        default -> 0;
      };
    }

    private void readImport(Token token, int depth) {
      if (peek(1).is("(")) {
        readLazy();
        return;
      }
      if (depth > 0) {
        throw fault(token, "only import(…) may stand here");
      }
      at++;
      List<String> names = new ArrayList<>();
      if (peek(0).is("{")) {
        for (at++; !peek(0).is("}"); at++) {
          String name = peek(0).text();
          boolean renamed = peek(1).is("as");
          names.add(renamed ? name + ":" + peek(2).text() : name);
          at += renamed ? 3 : 1;
          if (peek(0).is("}")) {
            break;
          }
          expect(",");
        }
        at++;
        expect("from");
        at++;
      }
      if (!peek(0).is(Token.Kind.STRING)) {
        throw fault(token, "an import is: import { a, b as c } from './d.js'");
      }
      imports.add(new Import(resolve(peek(0)), names));
      at++;
      expect(";");
      at++;
    }

    private void readLazy() {
      Token target = peek(2);
      if (!target.is(Token.Kind.STRING)) {
        throw fault(target, "import(…) takes a path in quotes");
      }
      String found = resolve(target);
      lazy.add(found);
      body.add(peek(0));
      body.add(peek(1));
      body.add(target);
      at += 3;
    }

    private void readExport(Token token, int depth) {
      at++;
      int named = peek(0).is("async") ? 1 : 0;
      if (depth > 0 || !DECLARING.contains(peek(named).text())) {
        throw fault(token, "only functions, classes and constants are exported, one by one");
      }
      Token name = peek(named + 1);
      if (!name.is(Token.Kind.WORD)) {
        throw fault(name, "an export has a name");
      }
      exports.add(name.text());
    }

    private String resolve(Token target) {
      String said = target.content();
      if (!said.startsWith("./") && !said.startsWith("../")) {
        throw fault(target, "a path begins with ./ or ../");
      }
      return PageModule.resolve(path, said);
    }

    private Token peek(int by) {
      if (at + by >= tokens.size()) {
        throw fault(tokens.get(tokens.size() - 1), "the file ends too early");
      }
      return tokens.get(at + by);
    }

    private void expect(String text) {
      if (!peek(0).is(text)) {
        throw fault(peek(0), "expected " + text);
      }
    }

    private PackingFault fault(Token token, String what) {
      return new PackingFault(path, token.line(), what);
    }
  }
}
