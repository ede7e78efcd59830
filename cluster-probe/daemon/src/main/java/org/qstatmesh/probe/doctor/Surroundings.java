package org.qstatmesh.probe.doctor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The machine and the user a probe runs as.
 *
 * @param hostName as the machine calls itself
 * @param userName login name of the probe's user
 * @param othersHere how many other people run processes now; null where that cannot be seen
 * @param launcher the words that start a probe on this machine
 */
public record Surroundings(String hostName, String userName, Integer othersHere, String launcher) {
  private static final Path PROC = Path.of("/proc");

  /** Users below have no person behind them; UID_MIN of login.defs(5). */
  private static final long FIRST_PERSON = 1000;

  private static final long NOBODY = 65_534;

  /** Looks around; asks no name service, which may hang where a cluster is in trouble. */
  public static Surroundings look() {
    return new Surroundings(
        readHostName(), System.getProperty("user.name"), countOthersHere(), Launcher.words());
  }

  private static String readHostName() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
    } catch (IOException unknown) {
      return "localhost";
    }
  }

  private static Integer countOthersHere() {
    try {
      Set<Long> people = new HashSet<>();
      boolean sawRoot = false;
      long own = owner(PROC.resolve("self"));
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
        for (Path process : processes) {
          long user = ownerOrNobody(process);
          sawRoot |= user == 0;
          if (user >= FIRST_PERSON && user != NOBODY && user != own) {
            people.add(user);
          }
        }
      }
      // where /proc is mounted with hidepid not even init is seen
      return sawRoot ? people.size() : null;
    } catch (IOException | DirectoryIteratorException unknown) {
      return null;
    }
  }

  private static long owner(Path file) throws IOException {
    return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
  }

  private static long ownerOrNobody(Path process) {
    try {
      return owner(process);
    } catch (IOException gone) {
      return NOBODY;
    }
  }
}
