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
  private record Total(boolean enabled, boolean started, int slots) {
    private static final Total NOTHING = new Total(false, false, 0);

    Total with(Instance instance) {
      return new Total(
          enabled || !InstanceState.isDisabled(instance.letters()),
          started || InstanceState.conditionOf(instance.letters()).outOfService() == null,
          Numbers.checkedCount((long) slots + instance.slots(), "slots"));
    }
  }

  private GridEngineQueues() {}

  static List<Queue> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    GridEngineQueues listing = new GridEngineQueues();
    HostListing.read(in, problems, listing::add);
    List<Queue> queues = new ArrayList<>();
    listing.totals.forEach(
        (name, total) ->
            queues.add(new Queue(name, total.enabled(), total.started(), null, total.slots())));
    return queues;
  }

  /** All of the host's instances or, where one makes no sense, none. */
  private void add(Host host) {
    Map<String, Total> changed = new TreeMap<>();
    for (Instance instance : host.instances()) {
      if (instance.queue() == null) {
        throw new IllegalArgumentException("a queue has no name");
      }
      Total before =
          changed.getOrDefault(
              instance.queue(), totals.getOrDefault(instance.queue(), Total.NOTHING));
      changed.put(instance.queue(), before.with(instance));
    }
    totals.putAll(changed);
  }
}
