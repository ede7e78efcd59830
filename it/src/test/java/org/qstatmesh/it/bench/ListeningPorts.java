package org.qstatmesh.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The TCP ports that a process listens at, as Linux tells it. */
final class ListeningPorts {
  private static final String LISTEN = "0A";

  /** Places of the fields of /proc/net/tcp. proc(5) */
  private static final int LOCAL_ADDRESS = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningPorts() {}

  static List<Integer> of(long pid) throws IOException {
    Set<String> sockets = sockets(pid);
    List<Integer> ports = new ArrayList<>();
    for (String family : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", family))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[STATE].equals(LISTEN) && sockets.contains("socket:[" + fields[INODE] + "]")) {
          String address = fields[LOCAL_ADDRESS];
          ports.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return sockets;
  }
}
