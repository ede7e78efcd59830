package org.qstatmesh.probe.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * CPU time that this process and the children it waited for have used so far, from {@code
 * /proc/self/stat} (fields 14 to 17, proc(5)); a tick is a hundredth of a second on every Linux.
 *
 * @param ownSeconds of this process, all threads
 * @param childrenSeconds of the commands that ended, with those they waited for
 */
public record CpuUse(double ownSeconds, double childrenSeconds) {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100;

  /** Fields are counted from behind the name, whose blanks would shift them. */
  private static final int OWN_USER = 11;

  /** Until now; empty where there is no such file. */
  public static Optional<CpuUse> now() {
    try {
      String stat = Files.readString(STAT, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      return Optional.of(new CpuUse(seconds(fields, OWN_USER), seconds(fields, OWN_USER + 2)));
    } catch (IOException | UncheckedIOException notLinux) {
      return Optional.empty();
    }
  }

  private static double seconds(String[] fields, int at) {
    return (Long.parseLong(fields[at]) + Long.parseLong(fields[at + 1])) / TICKS_PER_SECOND;
  }

  /** What was used since {@code earlier}. */
  public CpuUse since(CpuUse earlier) {
    return new CpuUse(
        hundredths(ownSeconds - earlier.ownSeconds),
        hundredths(childrenSeconds - earlier.childrenSeconds));
  }

  private static double hundredths(double seconds) {
    return Math.round(seconds * TICKS_PER_SECOND) / TICKS_PER_SECOND;
  }
}
