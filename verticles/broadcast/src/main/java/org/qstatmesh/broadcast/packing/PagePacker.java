package org.qstatmesh.broadcast.packing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the page as it is sent: {@code PagePacker WEBROOT TARGET}. */
public final class PagePacker {
  private static final Pattern STYLES =
      Pattern.compile("(\\s*<link rel=\"stylesheet\" href=\"[^\"]+\" />)+");
  private static final Pattern STYLE = Pattern.compile("href=\"([^\"]+)\"");
  private static final Pattern MODULE =
      Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(js/[^\"]+)\"");
  private static final Pattern WORKER = Pattern.compile("new Worker\\('(js/[^']+)'");
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern INDENT = Pattern.compile("\\n\\s+");
  private static final String INDEX = "index.html";

  /** Names all others, for who cannot list a folder of the class path. */
  private static final String LIST = ".files";

  private static final String ALL_STYLES = "css/all.css";

  private final Path webroot;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private PagePacker(Path webroot) {
    this.webroot = webroot;
  }

  /** Packs; what lay in TARGET before is gone. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    Map<String, byte[]> files = pack(Path.of(arguments[0]));
    clear(target);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = target.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    Files.write(target.resolve(LIST), files.keySet());
  }

  /** What is sent, by its path below {@code webroot}. */
  static Map<String, byte[]> pack(Path webroot) {
    PagePacker packer = new PagePacker(webroot);
    String index = packer.read(INDEX);
    packer.scripts(index);
    packer.put(INDEX, markup(packer.styles(index)));
    packer.rest();
    return packer.files;
  }

  private void scripts(String index) {
    plain(SCRIPT.matcher(index));
    Matcher module = MODULE.matcher(index);
    if (!module.find()) {
      throw new PackingFault(INDEX, 1, "no script of type module");
    }
    Map<String, String> packed = PageChunks.pack(module.group(1), this::read);
    packed.forEach(this::put);
    packed.values().forEach(text -> plain(WORKER.matcher(text)));
  }

  /** Scripts that are no modules. */
  private void plain(Matcher named) {
    while (named.find()) {
      String name = named.group(1);
      put(name, ScriptWriter.write(ScriptReader.read(name, read(name))) + "\n");
    }
  }

  /** One sheet for those that stand one after the other. */
  private String styles(String index) {
    Matcher block = STYLES.matcher(index);
    if (!block.find()) {
      throw new PackingFault(INDEX, 1, "no style sheets");
    }
    StringBuilder sheet = new StringBuilder();
    Matcher style = STYLE.matcher(block.group());
    while (style.find()) {
      sheet.append(StyleText.pack(style.group(1), read(style.group(1))));
    }
    put(ALL_STYLES, sheet.toString());
    String one = "\n<link rel=\"stylesheet\" href=\"" + ALL_STYLES + "\" />";
    return index.substring(0, block.start()) + one + index.substring(block.end());
  }

  private static String markup(String html) {
    return INDENT.matcher(COMMENT.matcher(html).replaceAll("")).replaceAll("\n");
  }

  /** What is neither script nor style goes as it is: icons and the like. */
  private void rest() {
    for (Path file : regularFiles(webroot)) {
      String name = webroot.relativize(file).toString().replace('\\', '/');
      if (!name.matches("(js|css|test)/.*|jsconfig\\.json") && !name.equals(INDEX)) {
        files.put(name, bytes(name));
      }
    }
  }

  private void put(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(webroot.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("webroot/" + name + " cannot be read", e);
    }
  }

  private static List<Path> regularFiles(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clear(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      for (Path old : regularFiles(target)) {
        Files.delete(old);
      }
    }
  }
}
