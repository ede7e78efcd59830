package org.qstatmesh.wire;

import java.io.IOException;

/** A {@link Cost} on the wire. */
final class CostFields {
  private CostFields() {}

  static void write(FieldWriter out, Cost cost) throws IOException {
    out.number("cpuSeconds", cost.cpuSeconds());
    out.number("commandCpuSeconds", cost.commandCpuSeconds());
    out.number("outputBytes", cost.outputBytes());
  }

  static Cost read(FieldReader in) throws IOException, WireException {
    if (in.isNull() || !in.startsObject()) {
      return null;
    }
    Double cpuSeconds = null;
    Double commandCpuSeconds = null;
    Long outputBytes = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "cpuSeconds" -> cpuSeconds = in.measure();
        case "commandCpuSeconds" -> commandCpuSeconds = in.measure();
        case "outputBytes" -> outputBytes = in.amount();
        default -> in.skip();
      }
    }
    return new Cost(cpuSeconds, commandCpuSeconds, outputBytes);
  }
}
