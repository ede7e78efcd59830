package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.xml.XmlText;

/** {@code qhost -q -xml} and {@code qhost -F -xml}: the hosts, without {@code global}. */
final class HostListing {
  /** Stands for all hosts together. */
  private static final String ALL_HOSTS = "global";

  /**
   * One host as listed.
   *
   * @param name of the host
   * @param values {@code load_avg}, {@code mem_total}, …: what the host reports
   * @param instances its queue instances; empty without -q
   * @param consumables resources that are counted for the host, what is left of them now; empty
   *     without -F
   */
  record Host(String name, Attributes values, List<Instance> instances, Attributes consumables) {}

  /**
   * A queue on the host.
   *
   * @param queue name of the cluster queue
   * @param values {@code slots}, {@code slots_used}, {@code state_string}
   */
  record Instance(String queue, Attributes values) {

    int slots() {
      return count("slots");
    }

    int usedSlots() {
      return count("slots_used");
    }

    /** Its state letters, sorted out by {@link InstanceState}. */
    String letters() {
      String letters = values.text("state_string");
      return letters == null ? "" : letters.strip();
    }

    private int count(String name) {
      Integer count = values.count(name);
      if (count == null) {
        throw new IllegalArgumentException(name + " of a queue is missing");
      }
      return count;
    }
  }

  private final Problems problems;
  private final Consumer<Host> handler;
  private int number;

  private HostListing(Problems problems, Consumer<Host> handler) {
    this.problems = problems;
    this.handler = handler;
  }

  /** Hands on each host; one that the handler refuses as senseless is counted and left out. */
  static void read(Reader in, Problems problems, Consumer<Host> handler)
      throws IOException, UnparsableException {
    HostListing listing = new HostListing(problems, handler);
    XmlText.read(in, xml -> listing.read(new XmlCursor(xml)));
  }

  private void read(XmlCursor xml) throws XMLStreamException, UnparsableException {
    xml.demandRoot("qhost");
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      if (child.equals("host")) {
        readHost(xml);
      } else {
        xml.skip();
      }
    }
    xml.finish();
  }

  private void readHost(XmlCursor xml) throws XMLStreamException, UnparsableException {
    String name = xml.attribute("name");
    Host host = new Host(name, new Attributes(), new ArrayList<>(), new Attributes());
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      switch (child) {
        case "hostvalue" -> xml.readNamedValue(host.values());
        case "queue" -> host.instances().add(readInstance(xml));
        case "resourcevalue" -> readResource(xml, host);
        default -> xml.skip();
      }
    }
    number++;
    if (ALL_HOSTS.equals(name)) {
      return;
    }
    try {
      if (name == null || name.isEmpty()) {
        throw new IllegalArgumentException("name is missing");
      }
      handler.accept(host);
    } catch (IllegalArgumentException e) {
      problems.add("host " + number + ": " + e.getMessage());
    }
  }

  private static Instance readInstance(XmlCursor xml)
      throws XMLStreamException, UnparsableException {
    Instance instance = new Instance(xml.attribute("name"), new Attributes());
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      if (child.equals("queuevalue")) {
        xml.readNamedValue(instance.values());
      } else {
        xml.skip();
      }
    }
    return instance;
  }

  /** {@code dominance='hc'}: a consumable of the host, as against a value it reports. */
  private static void readResource(XmlCursor xml, Host host)
      throws XMLStreamException, UnparsableException {
    if ("hc".equals(xml.attribute("dominance"))) {
      xml.readNamedValue(host.consumables());
    } else {
      xml.skip();
    }
  }
}
