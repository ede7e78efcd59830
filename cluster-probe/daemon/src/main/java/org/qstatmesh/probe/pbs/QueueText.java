package org.qstatmesh.probe.pbs;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Queue;

/**
 * {@code qstat -Qf}, the same text in TORQUE and OpenPBS. Routing queues are queues too: jobs wait
 * in them. No text at all is a server without queues.
 */
public final class QueueText {
  private QueueText() {}

  /** The queues, in the server's order. */
  public static List<Queue> parse(Reader in, Problems problems)
      throws IOException, UnparsableException {
    List<Queue> queues = new ArrayList<>();
    AttributeText.read(in, "Queue", problems, attributes -> queues.add(queue(attributes)));
    return queues;
  }

  private static Queue queue(Attributes attributes) {
    Integer slots = attributes.count("resources_available.ncpus");
    return new Queue(
        attributes.text(AttributeText.NAME),
        attributes.flag("enabled"),
        attributes.flag("started"),
        attributes.seconds("resources_max.walltime"),
        // TORQUE counts the cores of a queue as procct
        slots != null ? slots : attributes.count("resources_available.procct"));
  }
}
