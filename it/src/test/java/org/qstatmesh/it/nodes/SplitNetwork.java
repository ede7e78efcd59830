package org.qstatmesh.it.nodes;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * Two machines at one switch, as network namespaces at a bridge; the tests are at the switch
 * itself. A cut keeps the two from each other and from nobody else, and drops frames without a
 * word, as a firewall does ({@code isolated} of bridge(8)). Needs root.
 */
final class SplitNetwork implements AutoCloseable {
  /** Tests run beside each other: names and addresses are of this process. */
  private static final long OWN = ProcessHandle.current().pid();

  private final String net = "10.77." + (OWN % 250 + 1) + ".";
  private final String bridge = "qm" + OWN;
  private final List<String> sides = List.of(bridge + "a", bridge + "b");

  SplitNetwork() throws Exception {
    try {
      ip("link", "add", bridge, "type", "bridge");
      ip("addr", "add", here() + "/24", "dev", bridge);
      ip("link", "set", bridge, "up");
      for (int side = 0; side < sides.size(); side++) {
        add(sides.get(side), side);
      }
    } catch (Exception e) {
      remove();
      throw e;
    }
  }

  /** Where the tests, and what they start by themselves, are reached from both. */
  String here() {
    return net + "1";
  }

  /** Why there can be none here; null when there can. */
  static String whyNot() {
    try (SplitNetwork network = new SplitNetwork()) {
      network.cut();
      return null;
    } catch (Exception e) {
      return "no network can be made here that can be cut: " + e.getMessage();
    }
  }

  private void add(String name, int side) throws Exception {
    ip("netns", "add", name);
    ip("link", "add", name, "type", "veth", "peer", "name", name + "i");
    ip("link", "set", name, "master", bridge, "up");
    ip("link", "set", name + "i", "netns", name);
    ip("-n", name, "addr", "add", address(side) + "/24", "dev", name + "i");
    ip("-n", name, "link", "set", name + "i", "up");
    ip("-n", name, "link", "set", "lo", "up");
  }

  /** Address of a side, 0 or 1. */
  String address(int side) {
    return net + (side + 2);
  }

  /** The words before a command that have it run there. */
  List<String> through(int side) {
    return List.of("ip", "netns", "exec", sides.get(side));
  }

  /** From now on neither side hears of the other. */
  void cut() throws Exception {
    isolate("on");
  }

  /** From now on they hear each other again. */
  void heal() throws Exception {
    isolate("off");
  }

  private void isolate(String onOrOff) throws Exception {
    for (String side : sides) {
      RunningProcess.run("/usr/sbin/bridge", "link", "set", "dev", side, "isolated", onOrOff);
    }
  }

  private static void ip(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/ip"));
    command.addAll(List.of(words));
    RunningProcess.run(command.toArray(String[]::new));
  }

  /** All of it; what is not there is no matter. */
  private void remove() {
    for (String side : sides) {
      attempt("netns", "del", side);
      attempt("link", "del", side);
    }
    attempt("link", "del", bridge);
  }

  private static void attempt(String... words) {
    try {
      ip(words);
    } catch (Exception e) {
      // It was not there.
    }
  }

  @Override
  public void close() {
    remove();
  }
}
