package org.qstatmesh.demo;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.TreeMap;
import org.qstatmesh.demo.login.LoginServer;
import org.qstatmesh.demo.simulation.Person;

/** The clusters and their people as entries in conf/ say them. */
final class DemoConf {
  private DemoConf() {}

  static String clustersJson(Collection<DemoCluster> clusters, LoginServer login) {
    JsonObject entries = new JsonObject();
    for (DemoCluster cluster : clusters) {
      DemoPlan plan = cluster.plan();
      JsonObject poll =
          new JsonObject()
              .put("intervalSeconds", plan.pollInterval().toSeconds())
              .put("deadlineSeconds", DemoPlan.POLL_DEADLINE.toSeconds());
      JsonObject entry =
          new JsonObject()
              .put("title", plan.cluster().title())
              .put("probe", cluster.probeAddress().toString())
              .put("poll", poll)
              .put("ssh", plan.throughSsh() ? ssh(login) : null);
      entries.put(plan.cluster().id(), entry);
    }
    return new JsonObject().put("clusters", entries).encodePrettily();
  }

  /** Who is who: everybody has the same login everywhere, and most have a lab. */
  static String peopleJson() {
    JsonObject people = new JsonObject();
    for (Person person : Person.everybody()) {
      people.put(
          person.login(), new JsonObject().put("title", person.title()).put("lab", person.lab()));
    }
    JsonObject labs = new JsonObject();
    new TreeMap<>(Person.labs())
        .forEach((id, title) -> labs.put(id, new JsonObject().put("title", title)));
    return new JsonObject().put("people", people).put("labs", labs).encodePrettily();
  }

  private static JsonObject ssh(LoginServer login) {
    return new JsonObject()
        .put("host", "127.0.0.1")
        .put("port", login.port())
        .put("user", LoginServer.USER)
        .put("identityFile", login.identityFile().toString())
        .put("knownHostsFile", login.knownHostsFile().toString());
  }
}
