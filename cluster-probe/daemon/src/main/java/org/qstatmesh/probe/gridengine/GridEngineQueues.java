package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.gridengine.HostListing.Host;
import org.qstatmesh.probe.gridengine.HostListing.Instance;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.wire.Queue;

/**
 * {@code qhost -q -xml}: a cluster queue is what its instances are together. It is enabled while
 * any of them is not disabled, started while any of them starts jobs or will by itself; {@code
 * qstat -g c} only counts slots and tells disabled from unreachable nowhere.
 */
final class GridEngineQueues {
  private final Map<String, Total> totals = new TreeMap<>();

  /** One cluster queue so far. */
  private static final class Total {
    private boolean enabled;
    private boolean started;
    private long slots;
  }

  private GridEngineQueues() {}

  static List<Queue> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    GridEngineQueues listing = new GridEngineQueues();
    HostListing.read(in, problems, listing::add);
    List<Queue> queues = new ArrayList<>();
    listing.totals.forEach(
        (name, total) ->
            queues.add(
                new Queue(name, total.enabled, total.started, null, slotsLimit(total.slots))));
    return queues;
  }

  private void add(Host host) {
    for (Instance instance : host.instances()) {
      if (instance.queue() == null) {
        throw new IllegalArgumentException("a queue has no name");
      }
      Total total = totals.computeIfAbsent(instance.queue(), name -> new Total());
      total.enabled |= !InstanceState.isDisabled(instance.letters());
      total.started |= InstanceState.conditionOf(instance.letters()).outOfService() == null;
      total.slots += instance.slots();
    }
  }

  private static Integer slotsLimit(long slots) {
    return Numbers.checkedCount(slots, "slots");
  }
}
