package org.qstatmesh.it.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A directory with {@code qstat} and {@code pbsnodes} that answer from a recording. */
public final class FakeScheduler {
  private final Path directory;

  private FakeScheduler(Path directory) {
    this.directory = directory;
  }

  /** TORQUE 6.1.3 with jobs in every state. */
  public static FakeScheduler torque(Path directory) throws IOException {
    return of("torque-6.1.3", directory);
  }

  /** OpenPBS 23.06.06 with jobs in every state. */
  public static FakeScheduler openPbs(Path directory) throws IOException {
    return of("openpbs-23.06.06", directory);
  }

  private static FakeScheduler of(String recording, Path directory) throws IOException {
    Files.createDirectories(directory);
    String from = "schedulers/" + recording + "/";
    Path answers = directory.resolve("answers.tsv");
    Checkout.copyResource(from + "answers.tsv", answers);
    for (String line : Files.readAllLines(answers)) {
      String file = line.substring(0, line.indexOf('\t'));
      Checkout.copyResource(from + file, directory.resolve(file));
    }
    FakeScheduler scheduler = new FakeScheduler(directory);
    scheduler.install();
    return scheduler;
  }

  /** Puts the commands there. */
  public void install() throws IOException {
    for (String command : List.of("qstat", "pbsnodes")) {
      Path file = directory.resolve(command);
      Files.deleteIfExists(file);
      Checkout.copyResource("schedulers/scheduler.sh", file);
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + file);
      }
    }
  }

  /** Takes the commands away. */
  public void uninstall() throws IOException {
    for (String command : List.of("qstat", "pbsnodes")) {
      Files.deleteIfExists(directory.resolve(command));
    }
  }

  /** Where the commands are. */
  public Path directory() {
    return directory;
  }

  /** From now on nothing answers. */
  public void hang() throws IOException {
    Files.createFile(directory.resolve("hang"));
  }

  /** From now on it answers again. */
  public void answer() throws IOException {
    Files.delete(directory.resolve("hang"));
  }

  /** Counts calls from now on. */
  public void countCalls() throws IOException {
    Files.writeString(directory.resolve("calls"), "");
  }

  /** How often that call was made since. */
  public long calls(String call) throws IOException {
    try (Stream<String> calls = Files.lines(directory.resolve("calls"))) {
      return calls.filter(call::equals).count();
    }
  }

  /** Changes what one call prints, at once and as a whole. */
  public void edit(String file, UnaryOperator<String> change) throws IOException {
    Path old = directory.resolve(file);
    Path fresh = directory.resolve(file + ".new");
    // ISO 8859-1 keeps every byte, whatever it was.
    String before = Files.readString(old, StandardCharsets.ISO_8859_1);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new AssertionError("the edit of " + file + " changes nothing");
    }
    Files.writeString(fresh, after, StandardCharsets.ISO_8859_1);
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
