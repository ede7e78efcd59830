package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.List;

/** The nodes of a cluster; gives them out first fit, in their order. */
final class Machine {
  private final List<SimNode> nodes;

  Machine(List<NodeKind> kinds) {
    List<SimNode> all = new ArrayList<>();
    for (NodeKind kind : kinds) {
      for (int number = 1; number <= kind.count(); number++) {
        all.add(new SimNode(kind.prefix() + String.format("%03d", number), kind));
      }
    }
    nodes = List.copyOf(all);
  }

  List<SimNode> nodes() {
    return nodes;
  }

  /** Gives a task what it asks for; empty when it does not fit now. */
  List<Placement> place(Task task, Request request) {
    List<SimNode> fitting = new ArrayList<>(request.nodes());
    for (SimNode node : nodes) {
      if (node.fits(request.coresPerNode(), request.gpusPerNode())) {
        fitting.add(node);
        if (fitting.size() == request.nodes()) {
          return give(task, request, fitting);
        }
      }
    }
    return List.of();
  }

  /** Gives a suspended task room on the nodes it was on; empty when one has too little. */
  List<Placement> placeAgain(Task task, Request request) {
    List<SimNode> before = task.placements().stream().map(Placement::node).toList();
    boolean room =
        before.stream().allMatch(n -> n.fits(request.coresPerNode(), request.gpusPerNode()));
    return room ? give(task, request, before) : List.of();
  }

  private static List<Placement> give(Task task, Request request, List<SimNode> where) {
    return where.stream()
        .map(node -> node.give(task, request.coresPerNode(), request.gpusPerNode()))
        .toList();
  }
}
