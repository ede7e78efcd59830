package org.qstatmesh.mesh.figures;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qstatmesh.bus.NodeFigures;

/** What this process takes. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KIBIBYTE = 1_024;

  private ProcessMemory() {}

  static NodeFigures.MemoryFigures now() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new NodeFigures.MemoryFigures(heap.getUsed(), heap.getMax(), residentBytes());
  }

  /** From proc(5); null where there is none. */
  private static Long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          String digits = line.replaceAll("[^0-9]", "");
          return Long.parseLong(digits) * KIBIBYTE;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return null;
    }
    return null;
  }
}
