package org.qstatmesh.broadcast.packing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which modules go into which file. What the first module needs at once is one file under its name;
 * so is what only one module that is imported later needs. What several of those share, and the
 * first does not need, is a file for each set of sharers.
 *
 * <p>A module runs once and after what it imports, as in the browser: it is the body of a function
 * that is called where it stands in its file, and what it exports is that function's answer.
 */
final class PageChunks {
  private final UnaryOperator<String> source;
  private final Map<String, PageModule> modules = new LinkedHashMap<>();

  /** The modules after what they import, for each file. */
  private final Map<String, List<PageModule>> chunks = new LinkedHashMap<>();

  private final Map<String, String> chunkOf = new LinkedHashMap<>();
  private final Set<String> entries = new LinkedHashSet<>();

  private PageChunks(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * The files by their paths below webroot/.
   *
   * @param first path of the module that the page loads
   * @param source what stands under a path
   */
  static Map<String, String> pack(String first, UnaryOperator<String> source) {
    PageChunks packing = new PageChunks(source);
    packing.divide(first);
    Map<String, String> files = new TreeMap<>();
    packing.chunks.forEach((file, modules) -> files.put(file, packing.write(file, modules)));
    return files;
  }

  private void divide(String first) {
    visit(first, new LinkedHashSet<>());
    modules.keySet().forEach(path -> put(first, path));
    List<String> waiting = lazyOf(modules.values());
    Map<String, Set<String>> users = new LinkedHashMap<>();
    for (int i = 0; i < waiting.size(); i++) {
      String entry = waiting.get(i);
      if (!entries.add(entry)) {
        continue;
      }
      visit(entry, new LinkedHashSet<>());
      Set<String> reached = new LinkedHashSet<>();
      reach(entry, reached);
      reached.removeAll(chunkOf.keySet());
      reached.forEach(path -> users.computeIfAbsent(path, any -> new TreeSet<>()).add(entry));
      waiting.addAll(lazyOf(reached.stream().map(modules::get).toList()));
    }
    divideRest(users);
  }

  private void divideRest(Map<String, Set<String>> users) {
    Map<Set<String>, String> fileOf = new LinkedHashMap<>();
    // In the order of all modules, so that each stands after what it imports.
    for (String path : modules.keySet()) {
      Set<String> by = users.get(path);
      if (by == null) {
        continue;
      }
      if (entries.contains(path) && by.size() > 1) {
        put(path, path);
      } else if (by.size() == 1) {
        put(by.iterator().next(), path);
      } else {
        put(fileOf.computeIfAbsent(by, any -> path), path);
      }
    }
  }

  private static List<String> lazyOf(Iterable<PageModule> all) {
    List<String> lazy = new ArrayList<>();
    all.forEach(module -> lazy.addAll(module.lazy()));
    return lazy;
  }

  private void put(String file, String path) {
    chunkOf.put(path, file);
    chunks.computeIfAbsent(file, any -> new ArrayList<>()).add(modules.get(path));
  }

  private void reach(String path, Set<String> reached) {
    if (reached.add(path)) {
      modules.get(path).imports().forEach(wanted -> reach(wanted.from(), reached));
    }
  }

  private void visit(String path, Set<String> open) {
    if (modules.containsKey(path)) {
      return;
    }
    if (!open.add(path)) {
      throw new PackingFault(path, 1, "these import each other: " + String.join(", ", open));
    }
    PageModule module = PageModule.read(path, source.apply(path));
    module.imports().forEach(wanted -> visit(wanted.from(), open));
    open.remove(path);
    modules.put(path, module);
  }

  private String write(String file, List<PageModule> members) {
    StringBuilder out = new StringBuilder(imports(file, members));
    members.forEach(module -> out.append(write(file, module)));
    Set<String> shared = new TreeSet<>();
    for (PageModule user : modules.values()) {
      for (PageModule.Import wanted : user.imports()) {
        boolean here = file.equals(chunkOf.get(wanted.from()));
        if (here && !file.equals(chunkOf.get(user.path())) && !wanted.names().isEmpty()) {
          shared.add(modules.get(wanted.from()).shared());
        }
      }
    }
    if (!shared.isEmpty()) {
      out.append("export{").append(String.join(",", shared)).append("};\n");
    }
    PageModule named = modules.get(file);
    if (entries.contains(file) && !named.exports().isEmpty()) {
      out.append("export const{").append(String.join(",", named.exports())).append("}=");
      out.append(named.shared()).append(";\n");
    }
    return out.toString();
  }

  private String imports(String file, List<PageModule> members) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (PageModule module : members) {
      for (PageModule.Import from : module.imports()) {
        String other = chunkOf.get(from.from());
        if (!file.equals(other)) {
          Set<String> names = wanted.computeIfAbsent(other, any -> new TreeSet<>());
          if (!from.names().isEmpty()) {
            names.add(modules.get(from.from()).shared());
          }
        }
      }
    }
    StringBuilder out = new StringBuilder();
    wanted.forEach(
        (other, names) -> {
          String list = names.isEmpty() ? "" : "{" + String.join(",", names) + "}from";
          String way = PageModule.relative(file, other);
          out.append("import").append(list).append("'").append(way).append("';\n");
        });
    return out.toString();
  }

  private String write(String file, PageModule module) {
    StringBuilder out = new StringBuilder();
    if (!module.exports().isEmpty()) {
      out.append("const ").append(module.shared()).append('=');
    }
    out.append("(()=>{");
    for (PageModule.Import wanted : module.imports()) {
      if (!wanted.names().isEmpty()) {
        out.append("const{").append(String.join(",", wanted.names())).append("}=");
        out.append(modules.get(wanted.from()).shared()).append(';');
      }
    }
    out.append(ScriptWriter.write(module.bodyIn(file)));
    if (!module.exports().isEmpty()) {
      // The body may end with a function, which needs no semicolon; an expression has its own.
      out.append("\nreturn{").append(String.join(",", module.exports())).append('}');
    }
    return out.append("})();\n").toString();
  }
}
