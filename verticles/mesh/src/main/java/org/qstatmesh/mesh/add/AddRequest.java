package org.qstatmesh.mesh.add;

import java.nio.file.Path;
import org.qstatmesh.bus.ProbeAccess;

/**
 * What {@code add} was asked for.
 *
 * @param id the new cluster's id
 * @param title its title; null for the id
 * @param login where to log in
 * @param jump where to go through; null for none
 * @param probe where its probe will listen, or what starts it
 * @param curve whether its probe shall let in this mesh alone
 * @param conf the conf directory
 */
public record AddRequest(
    String id,
    String title,
    LoginTarget login,
    LoginTarget jump,
    ProbeAccess probe,
    boolean curve,
    Path conf) {

  Path clusterFile() {
    return conf.resolve(id + ".json");
  }

  Path keyFile() {
    return conf.resolve("keys").resolve(id);
  }

  CurveFiles curveFiles() {
    Path keys = conf.resolve("keys");
    return new CurveFiles(keys.resolve(id + ".curve"), keys.resolve(id + ".probe-curve.json"));
  }

  Path knownHosts() {
    return conf.resolve("known_hosts");
  }
}
