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
    if (servers.isEmpty()) {
      throw new UnparsableException("no server in the text");
    }
    return servers.get(0);
  }

  private static ServerFacts server(Attributes attributes) {
    Visibility visibility =
        Boolean.TRUE.equals(attributes.flag("query_other_jobs")) ? Visibility.ALL : Visibility.OWN;
    return new ServerFacts(
        attributes.text("pbs_version"), attributes.text(AttributeText.NAME), visibility);
  }
}
