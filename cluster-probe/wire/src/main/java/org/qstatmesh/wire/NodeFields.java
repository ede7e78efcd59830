package org.qstatmesh.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A {@link Node} on the wire. */
final class NodeFields {
  private static final Map<String, NodeState> STATES =
      Arrays.stream(NodeState.values())
          .collect(Collectors.toUnmodifiableMap(NodeState::name, Function.identity()));

  private String nodeName;
  private NodeState nodeState;
  private String nodeSubState;
  private Integer slots;
  private Integer usedSlots;
  private Integer freeSlots;
  private Integer gpus;
  private Integer usedGpus;
  private Long memoryBytes;
  private Long usedMemoryBytes;
  private Double loadAverage;
  private List<String> queueNames = List.of();
  private String reason;

  private NodeFields() {}

  static void write(FieldWriter out, Node node) throws IOException {
    out.text("nodeName", node.nodeName());
    out.constant("nodeState", node.nodeState());
    out.text("nodeSubState", node.nodeSubState());
    out.number("slots", node.slots());
    out.number("usedSlots", node.usedSlots());
    out.number("freeSlots", node.freeSlots());
    out.number("gpus", node.gpus());
    out.number("usedGpus", node.usedGpus());
    out.number("memoryBytes", node.memoryBytes());
    out.number("usedMemoryBytes", node.usedMemoryBytes());
    out.number("loadAverage", node.loadAverage());
    out.names("queueNames", node.queueNames());
    out.text("reason", node.reason());
  }

  /** The node, or null with a problem noted. */
  static Node read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    NodeFields fields = new NodeFields();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      fields.read(field, in);
    }
    return in.hasProblem() ? null : fields.node(in);
  }

  private void read(String field, FieldReader in) throws IOException, WireException {
    switch (field) {
      case "nodeName" -> nodeName = in.identifier();
      case "nodeState" -> nodeState = in.constant(STATES, NodeState.UNKNOWN);
      case "nodeSubState" -> nodeSubState = in.name();
      case "slots" -> slots = in.count();
      case "usedSlots" -> usedSlots = in.count();
      case "freeSlots" -> freeSlots = in.count();
      case "gpus" -> gpus = in.count();
      case "usedGpus" -> usedGpus = in.count();
      case "memoryBytes" -> memoryBytes = in.amount();
      case "usedMemoryBytes" -> usedMemoryBytes = in.amount();
      case "loadAverage" -> loadAverage = in.measure();
      case "queueNames" -> queueNames = in.names();
      case "reason" -> reason = in.name();
      default -> in.skip();
    }
  }

  private Node node(FieldReader in) {
    try {
      return new Node(
          nodeName,
          nodeState,
          nodeSubState,
          slots,
          usedSlots,
          freeSlots,
          gpus,
          usedGpus,
          memoryBytes,
          usedMemoryBytes,
          loadAverage,
          queueNames,
          reason);
    } catch (IllegalArgumentException e) {
      in.note(e.getMessage());
      return null;
    }
  }
}
