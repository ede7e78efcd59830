package org.qstatmesh.probe.pbs;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Visibility;

/**
 * {@code qstat -Bf}, the same text in TORQUE and OpenPBS.
 *
 * <p>Visibility: {@code query_other_jobs} says whether ordinary users see the jobs of others. Where
 * it is not set the server does not print it, and both schedulers take it as false
 * (pbs_server_attributes(7B): "default value: false"), so that is OWN. Managers and operators see
 * everything whatever it says; the text does not tell who asks, and a row that warns too often is
 * better than one that shows one user's jobs as the cluster's.
 */
public final class ServerText {
  private ServerText() {}

  /**
   * The first server's facts.
   *
   * @throws UnparsableException also when there is none
   */
  public static ServerFacts parse(Reader in, Problems problems)
      throws IOException, UnparsableException {
    List<ServerFacts> servers = new ArrayList<>(1);
    AttributeText.read(in, "Server", problems, attributes -> servers.add(server(attributes)));
    return first(servers);
  }

  /** The same with the number of jobs that the server counts. */
  public static ServerFacts parseWithJobCount(Reader in, Problems problems)
      throws IOException, UnparsableException {
    List<ServerFacts> servers = new ArrayList<>(1);
    AttributeText.read(
        in,
        "Server",
        problems,
        attributes -> {
          ServerFacts facts = server(attributes);
          Integer jobs = unfinishedJobs(attributes.text("state_count"));
          servers.add(
              new ServerFacts(facts.version(), facts.serverName(), facts.visibility(), jobs));
        });
    return first(servers);
  }

  private static ServerFacts first(List<ServerFacts> servers) throws UnparsableException {
    if (servers.isEmpty()) {
      throw new UnparsableException("no server in the text");
    }
    return servers.get(0);
  }

  /** Of {@code Transit:0 Queued:7 …}; null when it is not of that form: the count only helps. */
  private static Integer unfinishedJobs(String states) {
    if (states == null) {
      return null;
    }
    long jobs = 0;
    for (String state : states.strip().split(" +", -1)) {
      Long count = Numbers.parseLong(state.substring(state.indexOf(':') + 1));
      if (count == null || count > Numbers.LARGEST_COUNT) {
        return null;
      }
      jobs += count;
    }
    return Math.toIntExact(jobs);
  }

  private static ServerFacts server(Attributes attributes) {
    Visibility visibility =
        Boolean.TRUE.equals(attributes.flag("query_other_jobs")) ? Visibility.ALL : Visibility.OWN;
    return new ServerFacts(
        attributes.text("pbs_version"), attributes.text(AttributeText.NAME), visibility);
  }
}
