package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.wire.Node;

/**
 * {@code pbsnodes -av -F dsv}: vnodes, put together by host ({@code resources_available.host}).
 * Without {@code -v} the command merges them itself and gets the GPUs wrong.
 */
final class OpenPbsNodes {
  private static final Set<String> READ =
      Set.of(
          "Name",
          "state",
          "queue",
          "comment",
          "resources_available.host",
          "resources_available.ncpus",
          "resources_available.ngpus",
          "resources_available.mem",
          "resources_assigned.ncpus",
          "resources_assigned.ngpus",
          "resources_assigned.mem");

  private final Map<String, HostVnodes> hosts = new LinkedHashMap<>();

  private OpenPbsNodes() {}

  static List<Node> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    OpenPbsNodes listing = new OpenPbsNodes();
    DsvRecords.read(in, "Name=", READ::contains, problems, listing::take);
    return listing.nodes(problems);
  }

  /** The same without {@code -F}. */
  static List<Node> parseIndented(Reader in, Problems problems)
      throws IOException, UnparsableException {
    OpenPbsNodes listing = new OpenPbsNodes();
    IndentedRecords.readVnodes(in, READ::contains, problems, listing::take);
    return listing.nodes(problems);
  }

  private List<Node> nodes(Problems problems) throws UnparsableException {
    if (hosts.isEmpty() && problems.count() == 0) {
      throw new UnparsableException("no vnode in the text");
    }
    return hosts.values().stream().map(HostVnodes::toNode).toList();
  }

  private void take(Attributes vnode) {
    String host = vnode.text("resources_available.host");
    String name = host != null ? host : vnode.text("Name");
    if (name == null) {
      throw new IllegalArgumentException("the vnode has no name");
    }
    HostVnodes known = hosts.get(name);
    HostVnodes vnodes = known == null ? new HostVnodes(name) : known;
    vnodes.add(vnode);
    hosts.putIfAbsent(name, vnodes);
  }
}
